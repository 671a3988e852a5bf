import { answered, api } from '../../../api/client';
import type { CursorPage } from '../../../ui/cursor-table';
import type { AnyRow } from './record-kind';
import type { RecordName } from './record-names';

type Call = (
  path: string,
  init: object,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

// the routes of all kinds have the same shape; the declarations are type-checked against the API
const calls: { readonly GET: unknown; readonly POST: unknown } = api;
const get = calls.GET as Call;
const post = calls.POST as Call;

export const readRecords = (name: RecordName, customerId: string, cursor: string | null): Promise<CursorPage<AnyRow>> =>
  answered(
    get(`/api/v1/customers/{id}/${name}`, {
      params: { path: { id: customerId }, query: cursor === null ? {} : { cursor } },
    }),
  ) as Promise<CursorPage<AnyRow>>;

export const addRecord = (name: RecordName, customerId: string, body: object, signal: AbortSignal) =>
  answered(post(`/api/v1/customers/{id}/${name}`, { params: { path: { id: customerId } }, body, signal }));

export const actOnRecord = (name: RecordName, verb: string, id: string, body: object, signal: AbortSignal) =>
  answered(post(`/api/v1/${name}/{id}/${verb}`, { params: { path: { id } }, body, signal }));

import { queryOptions } from '@tanstack/react-query';
import { answeredWithVersion, api, type Schemas } from '../../api/client';

export type Customer = Schemas['CustomerResponse'];

/** Reads a customer and the version that a change must send. */
export const readCustomer = (id: string, signal?: AbortSignal) =>
  answeredWithVersion(api.GET('/api/v1/customers/{id}', { params: { path: { id } }, signal }));

export type ReadCustomer = Awaited<ReturnType<typeof readCustomer>>;

export const customerOf = (id: string) =>
  queryOptions({
    queryKey: ['customers', id],
    queryFn: () => readCustomer(id),
  });

/** Whether the customer is read-only. */
export const isClosed = ({ anonymizedAt, mergedIntoId }: Customer): boolean =>
  anonymizedAt !== null || mergedIntoId !== null;

import type { components } from './schema';

type Schemas = components['schemas'];

/** The codes of the API, from docs/openapi.json. Their texts are records keyed by these types. */
export type ProblemCode = Schemas['ProblemCode'] | 'UNREACHABLE';
export type RunState = Schemas['RunResponse']['state'];
export type ItemState = Schemas['RunItemResponse']['state'];
export type FailureCode = NonNullable<Schemas['RunItemResponse']['failureCode']>;
export type BlockerCode = Schemas['BlockerResponse']['code'];
export type BlockingRecordType = Schemas['BlockerResponse']['recordType'];
export type WarningCode = Schemas['WarningResponse']['code'];
export type AuditAction = Schemas['AuditAction'];

/** The keys of a record of codes, in declaration order. */
export const codesOf = <Code extends string>(record: Readonly<Record<Code, unknown>>): readonly Code[] =>
  Object.keys(record) as Code[];

/** Whether a run in this state may still change. */
const IS_OPEN: Readonly<Record<RunState, boolean>> = {
  PREVIEWING: true,
  PREVIEWED: true,
  RUNNING: true,
  PAUSED: true,
  CANCELLING: true,
  CANCELLED: false,
  COMPLETED: false,
  EXPIRED: false,
};
export const RUN_STATES = codesOf(IS_OPEN);
export const OPEN_RUN_STATES = RUN_STATES.filter((state) => IS_OPEN[state]);

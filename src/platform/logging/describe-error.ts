import { DomainError } from '../../kernel/domain-error';

const SAFE_CODE = /^[A-Z0-9_]{1,64}$/;

/**
 * The loggable part of an error: kind, code, names of the database objects, and stack frames. It is an allow-list,
 * because message, detail and parameters of a database error repeat the row that caused it.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const source = (error as { driverError?: unknown }).driverError ?? error;
  const { code, table, constraint, schema } = source as Record<string, unknown>;
  return {
    kind: error.name,
    code:
      error instanceof DomainError ? error.code : typeof code === 'string' && SAFE_CODE.test(code) ? code : undefined,
    schema,
    table,
    constraint,
    at: placesOf(error),
  };
}

/** The stack frames without the message, whose lines may look like frames. */
function placesOf({ stack = '', message }: Error): string[] {
  const messageAt = stack.indexOf(message);
  if (messageAt < 0) return [];
  return stack
    .slice(messageAt + message.length)
    .split('\n')
    .filter((line) => /^\s+at .*\(?[^()\s]+:\d+:\d+\)?$/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/^at /, ''));
}

import { DomainError } from '../../kernel/domain-error';

const SAFE_CODE = /^[A-Z0-9_]{1,64}$/;

/**
 * What may be logged of an error. An allow-list, because messages, details and parameters of a database error repeat
 * the row they failed on: kind, code, the names of the database objects concerned, and the places in the code.
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
    at: framesOf(error),
  };
}

/** The stack without the message in front of it, whose lines may look like places. */
function framesOf({ stack = '', message }: Error): string[] {
  const messageAt = stack.indexOf(message);
  if (messageAt < 0) return [];
  return stack
    .slice(messageAt + message.length)
    .split('\n')
    .filter((line) => /^\s+at .*\(?[^()\s]+:\d+:\d+\)?$/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/^at /, ''));
}

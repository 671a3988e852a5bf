import type { Request, Response } from 'express';
import { DomainError } from '../../src/kernel/domain-error';
import { bodyLimitOf } from '../../src/platform/http/body-limits';
import { refuseOddShape } from '../../src/platform/http/body-shape';

describe('the maximum body size', () => {
  it.each([
    ['auth/login', 4],
    ['auth/session', 4],
    ['AUTH/login', 4],
    ['anonymization-runs', 1024],
    ['Anonymization-Runs/', 1024],
    ['anonymization-runs/1/start', 64],
    ['selections', 1024],
    ['selections/count', 1024],
    ['selections/1/members', 64],
    ['customers/1/invoices', 1024],
    ['customers/1/payments', 64],
    ['customers', 64],
    ['elsewhere/auth/', 64],
  ])('of %s is %i kB', (path, kilobytes) => {
    expect(bodyLimitOf({ path: `/api/v1/${path}` })).toBe(kilobytes * 1024);
  });
});

describe('the shape of a body', () => {
  const refusalOf = (body: unknown) => {
    let refusal: unknown;
    refuseOddShape({ body } as Request, {} as Response, (error?: unknown) => (refusal = error));
    if (!(refusal instanceof DomainError)) return refusal ?? null;
    const { errors } = refusal.extensions as { errors?: readonly { field: string; code: string }[] };
    return errors === undefined ? refusal.code : `${errors[0]!.code} ${errors[0]!.field}`;
  };
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 1]));
  const list = (count: number) => Array<number>(count).fill(1);
  const nested = (depth: number): object => (depth === 1 ? {} : { a: nested(depth - 1) });

  it.each<readonly [string, unknown, string | null]>([
    ['no body', undefined, null],
    ['the maximum number of fields', fields(100), null],
    ['one field more', fields(101), 'TOO_MANY_FIELDS '],
    ['one nested field more', { a: [fields(101)] }, 'TOO_MANY_FIELDS a.0'],
    ['the maximum number of elements', { a: list(10_000) }, null],
    ['one element more', { a: list(10_001) }, 'ARRAY_MAX_SIZE a'],
    ['the maximum number of values', { a: list(9_999), b: list(9_999) }, null],
    ['one value more', { a: list(9_999), b: list(10_000) }, 'TOO_MANY_VALUES a'],
    ['the maximum depth', nested(8), null],
    ['one level deeper', nested(9), 'TOO_DEEP a.a.a.a.a.a.a.a'],
    ['NUL in a text', { a: ['x\0'] }, 'MALFORMED_REQUEST'],
    ['NUL in the name of a field', { a: { 'x\0': 1 } }, 'MALFORMED_REQUEST'],
  ])('with %s', (_, body, expected) => {
    expect(refusalOf(body)).toBe(expected);
  });
});

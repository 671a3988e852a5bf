import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { invalid } from './validation.pipe';

/** Four times the fields of the largest object of the API. */
const MAX_FIELDS = 100;
/** The most customers that a run or a selection may list. */
const MAX_ELEMENTS = 10_000;
/** Fields and elements of the whole body: an invoice of 1,000 lines has 7,000. */
const MAX_VALUES = 20_000;
/** The deepest body of the API has depth 3. */
const MAX_DEPTH = 8;

interface OpenValue {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * Refuses bodies of a shape that no route accepts. It runs before validation, whose cost grows with each unknown field.
 * It walks the body once, in linear time.
 *
 * Errors: `VALIDATION_FAILED` with `TOO_MANY_FIELDS`, `ARRAY_MAX_SIZE`, `TOO_MANY_VALUES` or `TOO_DEEP`;
 * `MALFORMED_REQUEST` for the NUL character, which PostgreSQL cannot store in text.
 */
export function refuseOddShape(request: Request, _response: Response, next: NextFunction): void {
  next(faultIn(request.body));
}

function faultIn(body: unknown): DomainError | undefined {
  const open: OpenValue[] = [{ value: body, path: '', depth: 0 }];
  let values = 0;
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const { value, path, depth } = current;
    if (typeof value === 'string' && value.includes('\0')) return new DomainError('MALFORMED_REQUEST');
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MAX_DEPTH) return invalid(path, 'TOO_DEEP');
    const isList = Array.isArray(value);
    const names = isList ? [] : Object.keys(value);
    const size = isList ? value.length : names.length;
    if (isList && size > MAX_ELEMENTS) return invalid(path, 'ARRAY_MAX_SIZE');
    if (!isList && size > MAX_FIELDS) return invalid(path, 'TOO_MANY_FIELDS');
    if (names.some((name) => name.includes('\0'))) return new DomainError('MALFORMED_REQUEST');
    values += size;
    if (values > MAX_VALUES) return invalid(path, 'TOO_MANY_VALUES');
    for (const [name, child] of Object.entries(value))
      open.push({ value: child, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 });
  }
  return undefined;
}

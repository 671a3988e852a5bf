import { Injectable, type Type, ValidationPipe as NestValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';

/** One wrong field: its path, and the rule it breaks as a code. Never the value. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
}

/** So many are enough to mend a request, and an answer never grows with what was sent. */
const MOST_ERRORS = 20;
/** Characters of a path; the names of unknown fields are the caller's. */
const LONGEST_PATH = 200;

/** Unknown fields and bad values become `VALIDATION_FAILED` with one entry per broken rule, 20 at most. */
@Injectable()
export class ValidationPipe extends NestValidationPipe {
  /** @param expectedType class by which to validate, for a parameter whose type says nothing */
  constructor(expectedType?: Type) {
    super({
      expectedType,
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => refusal(errors.flatMap((error) => fieldErrors(error))),
    });
  }
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = `${parent}${error.property}`;
  const own = Object.keys(error.constraints ?? {}).map((rule) => ({ field, code: codeOf(rule) }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}

/** `isNotEmpty` → `IS_NOT_EMPTY`; the rule for unknown fields gets a name that says so. */
function codeOf(rule: string): string {
  if (rule === 'whitelistValidation') return 'UNKNOWN_FIELD';
  return rule.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const refusal = (errors: readonly FieldError[]) =>
  new DomainError('VALIDATION_FAILED', {
    errors: errors.slice(0, MOST_ERRORS).map(({ field, code }) => ({ field: field.slice(0, LONGEST_PATH), code })),
  });

/** For rules that need more than the field itself. */
export const invalid = (field: string, code: string) => refusal([{ field, code }]);

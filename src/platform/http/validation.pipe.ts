import { Injectable, type Type, ValidationPipe as NestValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';

/** A broken rule: the path of the field and the code of the rule, never the value. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
}

/** Limits the size of the response, whatever was sent. Twenty errors are enough to correct a request. */
const MAX_ERRORS = 20;
/** Characters of a path. The caller chooses the names of unknown fields. */
const MAX_PATH_CHARACTERS = 200;

/** Answers unknown fields and invalid values with `VALIDATION_FAILED` and one entry per broken rule, 20 at most. */
@Injectable()
export class ValidationPipe extends NestValidationPipe {
  /** @param expectedType class to validate against, for a parameter whose declared type is not a class */
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

/** `isNotEmpty` → `IS_NOT_EMPTY`; the rule for unknown fields gets a name of our own. */
function codeOf(rule: string): string {
  if (rule === 'whitelistValidation') return 'UNKNOWN_FIELD';
  return rule.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const refusal = (errors: readonly FieldError[]) =>
  new DomainError('VALIDATION_FAILED', {
    errors: errors
      .slice(0, MAX_ERRORS)
      .map(({ field, code }) => ({ field: field.slice(0, MAX_PATH_CHARACTERS), code })),
  });

/** For rules that depend on more than the field itself. */
export const invalid = (field: string, code: string) => refusal([{ field, code }]);

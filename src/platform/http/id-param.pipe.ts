import type { PipeTransform } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import type { NotFoundCode } from '../../kernel/error-codes';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Answers an invalid UUID like the id of a missing record, with the given code. */
export class UuidParam implements PipeTransform<string, string> {
  constructor(private readonly notFound: NotFoundCode) {}

  transform(value: string): string {
    if (!UUID.test(value)) throw new DomainError(this.notFound);
    return value.toLowerCase();
  }
}

/** Like {@link UuidParam}, for numeric ids. */
export class IdParam implements PipeTransform<string, string> {
  constructor(private readonly notFound: NotFoundCode) {}

  transform(value: string): string {
    if (!/^\d{1,18}$/.test(value)) throw new DomainError(this.notFound);
    return value;
  }
}

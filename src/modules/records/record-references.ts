import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import type { FieldError } from '../../platform/http/validation.pipe';
import type { Reference } from './columns/declared-columns';
import type { RecordDefinition } from './record-definition';

interface Target {
  readonly id: string;
  readonly customerId: string | null;
}

/** Resolves the natural keys to which a new record refers. */
@Injectable()
export class RecordReferences {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Other customers to whom the record belongs as well; they are locked with its own customer. */
  async customersNamed<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    fields: Fields,
  ): Promise<string[]> {
    const named = await this.find(record, fields, ({ table }) => table === 'customer');
    return named.flatMap(({ target }) => (target === undefined ? [] : [target.id]));
  }

  /**
   * Returns the ids by property.
   *
   * @throws DomainError `VALIDATION_FAILED` with `UNKNOWN_REFERENCE`, `NOT_ALLOWED` and `OTHER_CUSTOMER`
   */
  async resolve<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    fields: Fields,
    customerId: string,
  ): Promise<Readonly<Record<string, string>>> {
    const found = await this.find(record, fields);
    const errors = found.flatMap(({ property, reference, target }): FieldError[] => {
      if (target === undefined) return [{ field: property, code: 'UNKNOWN_REFERENCE' }];
      if (reference.notOwn && target.id === customerId) return [{ field: property, code: 'NOT_ALLOWED' }];
      const isOfOther = target.customerId !== null && target.customerId !== customerId;
      return reference.ofSameCustomer && isOfOther ? [{ field: property, code: 'OTHER_CUSTOMER' }] : [];
    });
    if (errors.length > 0) throw new DomainError('VALIDATION_FAILED', { errors });
    return Object.fromEntries(found.map(({ property, target }) => [property, target!.id]));
  }

  private async find<Fields extends object, Shown extends object>(
    { columns }: RecordDefinition<Fields, Shown>,
    fields: Fields,
    wanted: (reference: Reference) => boolean = () => true,
  ) {
    const found: { property: string; reference: Reference; target: Target | undefined }[] = [];
    for (const { property, reference } of columns) {
      const named = (fields as Readonly<Record<string, unknown>>)[property] ?? null;
      if (reference === undefined || named === null || !wanted(reference)) continue;
      const owner = reference.ofSameCustomer ? 'customer_id' : 'NULL::uuid';
      const [target] = await this.transaction.query<Target>(
        `SELECT id, ${owner} AS "customerId" FROM ${reference.table} WHERE ${reference.key} = $1`,
        [named],
      );
      found.push({ property, reference, target });
    }
    return found;
  }
}

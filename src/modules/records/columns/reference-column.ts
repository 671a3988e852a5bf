import { IsString, MaxLength, MinLength } from 'class-validator';
import { declare, described, ifGiven, type Reference, stored } from './declared-columns';
import { KEY, MAX_TEXT_CHARACTERS } from './text-columns';

/** The natural key of another record. API and import use the key, the table stores the id. */
export const ReferenceColumn = (
  personal: PropertyDecorator,
  reference: Reference,
  { required } = { required: false },
) =>
  declare(
    {
      type: reference.idType ?? 'bigint',
      options: { nullable: !required },
      kind: 'text',
      isRequired: required,
      maxLength: MAX_TEXT_CHARACTERS,
      reference,
      schema: stored({ type: String }, required),
      personal,
    },
    described(KEY, required),
    ...ifGiven(required),
    IsString(),
    MinLength(1),
    MaxLength(MAX_TEXT_CHARACTERS),
  );

export const BRANCH: Reference = { table: 'branch', key: 'code', as: 'branchId' };
export const COST_BEARER: Reference = { table: 'cost_bearer', key: 'ik', as: 'costBearerId' };

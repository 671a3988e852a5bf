import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { numberFromText } from '../../../platform/database/number-text';
import { IsCalendarDate } from '../../../platform/http/is-calendar-date.decorator';
import { IsInstant } from '../../../platform/http/is-instant.decorator';
import { declare, described, ifGiven, stored } from './declared-columns';

const MAX_INTEGER = 999_999_999;
const MAX_DECIMAL_PLACES = 6;
const DATE = { type: String, format: 'date' } as const;
const INSTANT = { type: String, format: 'date-time' } as const;
const INTEGER = { type: 'integer' } as const;

/** A calendar day. */
export const DateColumn = (personal: PropertyDecorator, { required } = { required: false }) =>
  declare(
    {
      type: 'date',
      options: { nullable: !required },
      kind: 'date',
      isRequired: required,
      schema: stored(DATE, required),
      personal,
    },
    described(DATE, required),
    ...ifGiven(required),
    IsCalendarDate(),
  );

/** A required instant. */
export const InstantColumn = (personal: PropertyDecorator) =>
  declare(
    { type: 'timestamptz', kind: 'instant', isRequired: true, schema: INSTANT, personal },
    described(INSTANT, true),
    IsInstant(),
  );

/** An amount in cents, not negative unless `signed`. */
export const MoneyColumn = (personal: PropertyDecorator, { signed = false, required = true } = {}) => {
  const minimum = signed ? Number.MIN_SAFE_INTEGER : 0;
  const schema = { ...INTEGER, description: 'cents', ...(signed ? {} : { minimum }) } as const;
  return declare(
    {
      type: 'bigint',
      options: { nullable: !required },
      transformer: numberFromText,
      kind: 'money',
      isRequired: required,
      isSigned: signed,
      schema: stored(schema, required),
      personal,
    },
    described(schema, required),
    ...ifGiven(required),
    IsInt(),
    Min(minimum),
    Max(Number.MAX_SAFE_INTEGER),
  );
};

/** A whole number. */
export const IntegerColumn = (personal: PropertyDecorator, { required } = { required: true }) =>
  declare(
    {
      type: 'integer',
      options: { nullable: !required },
      kind: 'number',
      isRequired: required,
      schema: stored(INTEGER, required),
      personal,
    },
    described(INTEGER, required),
    ...ifGiven(required),
    IsInt(),
    Min(-MAX_INTEGER),
    Max(MAX_INTEGER),
  );

/** A number, such as a quantity. */
export const DecimalColumn = (personal: PropertyDecorator, { whenAbsent }: { readonly whenAbsent: number }) =>
  declare(
    {
      type: 'numeric',
      transformer: numberFromText,
      kind: 'number',
      isRequired: false,
      isDecimal: true,
      whenAbsent,
      schema: { type: Number },
      personal,
    },
    ApiProperty({ type: Number, default: whenAbsent, required: false }),
    IsOptional(),
    IsNumber({ maxDecimalPlaces: MAX_DECIMAL_PLACES }),
    Min(-MAX_INTEGER),
    Max(MAX_INTEGER),
  );

/** A boolean. */
export const FlagColumn = (personal: PropertyDecorator, { whenAbsent }: { readonly whenAbsent: boolean }) =>
  declare(
    { type: 'boolean', kind: 'flag', isRequired: false, whenAbsent, schema: { type: Boolean }, personal },
    described({ type: Boolean, default: whenAbsent }, false),
    IsOptional(),
    IsBoolean(),
  );

/** A value from a closed list. `list` names the words of the portal; null for a list that no form shows. */
export const ListColumn = (
  personal: PropertyDecorator,
  list: string | null,
  values: readonly string[],
  { required } = { required: true },
) =>
  declare(
    {
      type: 'text',
      options: { nullable: !required },
      kind: 'list',
      list,
      values,
      isRequired: required,
      schema: stored({ enum: [...values] }, required),
      personal,
    },
    described({ enum: [...values] }, required),
    ...ifGiven(required),
    IsIn(values),
  );

import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, MaxLength, Min, MinLength, IsString } from 'class-validator';
import { toSnakeCase } from '../../../platform/database/snake-naming.strategy';
import { IsCalendarDate } from '../../../platform/http/is-calendar-date.decorator';
import { IsInstant } from '../../../platform/http/is-instant.decorator';
import { NameText, OptionalText } from '../../../platform/http/text-field.decorator';

/** A record of another table, named by its natural key. */
export interface Reference {
  readonly table: string;
  /** column of that table by which it is named */
  readonly key: string;
  /** column of the record that holds its id */
  readonly as: string;
  /** must not belong to another customer */
  readonly ofSameCustomer?: boolean;
}

/** A column of a record's table, as a property of its request class declares it. */
export interface RecordColumn {
  readonly property: string;
  /** in the database */
  readonly name: string;
  readonly reference?: Reference;
  /** bigint cents, which the driver would hand over as text */
  readonly isMoney?: boolean;
  readonly whenAbsent?: string | boolean;
  /** of the stored value, for OpenAPI */
  readonly schema: ApiPropertyOptions;
}

// Decorators run while the classes load, so what they say is kept beside the class.
const declared = new Map<object, RecordColumn[]>();

/** The columns that a request class declares, in their order. */
export const columnsOf = (request: object): readonly RecordColumn[] => declared.get(request) ?? [];

const LONGEST_TEXT = 200;
const LARGEST_INTEGER = 999_999_999;
const NAME_OF_A_RECORD = { type: String, minLength: 1, maxLength: LONGEST_TEXT } as const;

type Declaration = Omit<RecordColumn, 'property' | 'name'>;

const column = (declaration: Declaration, ...rules: PropertyDecorator[]) =>
  applyDecorators(...rules, (prototype: object, key: string | symbol) => {
    const property = String(key);
    const name = declaration.reference?.as ?? toSnakeCase(property);
    const columns = declared.get(prototype.constructor) ?? [];
    declared.set(prototype.constructor, [...columns, { property, name, ...declaration }]);
  });

const asked = (schema: ApiPropertyOptions, required: boolean) =>
  ApiProperty({ ...schema, ...(required ? { required } : { required, nullable: true }) } as ApiPropertyOptions);

const orNull = (schema: ApiPropertyOptions) => ({ ...schema, nullable: true }) as ApiPropertyOptions;

/** Free text that may be missing. */
export const TextColumn = (longest = LONGEST_TEXT) =>
  column({ schema: { type: String, nullable: true } }, OptionalText(longest));

export const RequiredTextColumn = () => column({ schema: { type: String } }, NameText());

/** The record's natural key; one is given to it when it has none. */
export const NumberColumn = (schema: ApiPropertyOptions = { type: String }) =>
  column({ schema }, NameText({ required: false }), asked(NAME_OF_A_RECORD, false), IsOptional());

const DATE = { type: String, format: 'date' } as const;
export const DateColumn = () => column({ schema: orNull(DATE) }, asked(DATE, false), IsOptional(), IsCalendarDate());
export const RequiredDateColumn = () => column({ schema: DATE }, asked(DATE, true), IsCalendarDate());

const INSTANT = { type: String, format: 'date-time' } as const;
export const RequiredInstantColumn = () => column({ schema: INSTANT }, asked(INSTANT, true), IsInstant());

/** Cents, not negative unless `signed`. */
export const MoneyColumn = ({ signed } = { signed: false }) => {
  const minimum = signed ? Number.MIN_SAFE_INTEGER : 0;
  const schema = { type: 'integer', description: 'cents', ...(signed ? {} : { minimum }) } as const;
  return column({ schema, isMoney: true }, asked(schema, true), IsInt(), Min(minimum), Max(Number.MAX_SAFE_INTEGER));
};

export const RequiredIntegerColumn = () =>
  column(
    { schema: { type: 'integer' } },
    asked({ type: 'integer' }, true),
    IsInt(),
    Min(-LARGEST_INTEGER),
    Max(LARGEST_INTEGER),
  );

export const BooleanColumn = (whenAbsent: boolean) =>
  column(
    { schema: { type: Boolean }, whenAbsent },
    asked({ type: Boolean, default: whenAbsent }, false),
    IsOptional(),
    IsBoolean(),
  );

/** One of a closed list. */
export const OneOfColumn = (values: readonly string[]) =>
  column({ schema: { enum: [...values] } }, asked({ enum: [...values] }, true), IsIn(values));

export const OptionalOneOfColumn = (values: readonly string[]) =>
  column(
    { schema: { enum: [...values], nullable: true } },
    asked({ enum: [...values] }, false),
    IsOptional(),
    IsIn(values),
  );

const key = () => [IsString(), MinLength(1), MaxLength(LONGEST_TEXT)];

export const RequiredReferenceColumn = (reference: Reference) =>
  column({ schema: { type: String }, reference }, asked(NAME_OF_A_RECORD, true), ...key());

export const ReferenceColumn = (reference: Reference) =>
  column(
    { schema: { type: String, nullable: true }, reference },
    asked(NAME_OF_A_RECORD, false),
    IsOptional(),
    ...key(),
  );

export const BRANCH: Reference = { table: 'branch', key: 'code', as: 'branch_id' };
export const COST_BEARER: Reference = { table: 'cost_bearer', key: 'ik', as: 'cost_bearer_id' };

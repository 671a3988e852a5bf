import { IsOptional, ValidateBy } from 'class-validator';
import { NameText, OptionalText } from '../../../platform/http/text-field.decorator';
import { declare, described, stored } from './declared-columns';

/** Maximum characters of a single-line text. */
export const MAX_TEXT_CHARACTERS = 200;
/** Maximum characters of a note. */
export const MAX_NOTE_CHARACTERS = 2_000;

/** OpenAPI schema of a natural key. */
export const KEY = { type: String, minLength: 1, maxLength: MAX_TEXT_CHARACTERS } as const;

const optionalText = (kind: 'text' | 'longText', maxLength: number) => (personal: PropertyDecorator) =>
  declare(
    {
      type: 'text',
      options: { nullable: true },
      kind,
      isRequired: false,
      maxLength,
      schema: { type: String, nullable: true },
      personal,
    },
    OptionalText(maxLength),
  );

/** Optional free text. */
export const TextColumn = optionalText('text', MAX_TEXT_CHARACTERS);
/** Optional free text of several lines. */
export const NoteColumn = optionalText('longText', MAX_NOTE_CHARACTERS);

const IsNotReserved = (reserved: readonly string[]) =>
  ValidateBy({
    name: 'notAllowed',
    validator: { validate: (value: unknown) => !reserved.includes(value as string) },
  });

interface NameOptions {
  readonly isKey?: boolean;
  /** values that only Lethe itself writes */
  readonly reserved?: readonly string[];
}

/** A required single-line name. */
export const NameColumn = (personal: PropertyDecorator, { isKey = false, reserved = [] }: NameOptions = {}) =>
  declare(
    {
      type: 'text',
      kind: 'text',
      isRequired: true,
      isKey,
      reserved,
      maxLength: MAX_TEXT_CHARACTERS,
      schema: { type: String },
      personal,
    },
    NameText(),
    ...(reserved.length > 0 ? [IsNotReserved(reserved)] : []),
  );

/**
 * The record's natural key. If not given, it is assigned when the record is added, or later if the key is `nullable`.
 */
export const NumberColumn = (personal: PropertyDecorator, { nullable } = { nullable: false }) =>
  declare(
    {
      type: 'text',
      options: { nullable },
      kind: 'text',
      isRequired: false,
      isKey: true,
      maxLength: MAX_TEXT_CHARACTERS,
      schema: stored({ type: String }, !nullable),
      personal,
    },
    NameText({ required: false }),
    described(KEY, false),
    IsOptional(),
  );

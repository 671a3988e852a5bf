import { IsOptional } from 'class-validator';
import { NameText, OptionalText } from '../../../platform/http/text-field.decorator';
import { declare, described, stored } from './declared-columns';

/** Characters of a text on one line. */
export const MAX_TEXT_LENGTH = 200;
/** Characters of a note. */
export const MAX_NOTE_LENGTH = 2_000;

const KEY = { type: String, minLength: 1, maxLength: MAX_TEXT_LENGTH } as const;

/** Free text that may be missing. */
export const TextColumn = (personal: PropertyDecorator) =>
  declare(
    {
      type: 'text',
      options: { nullable: true },
      kind: 'text',
      isRequired: false,
      maxLength: MAX_TEXT_LENGTH,
      schema: { type: String, nullable: true },
      personal,
    },
    OptionalText(),
  );

/** Free text of several lines that may be missing. */
export const NoteColumn = (personal: PropertyDecorator) =>
  declare(
    {
      type: 'text',
      options: { nullable: true },
      kind: 'longText',
      isRequired: false,
      maxLength: MAX_NOTE_LENGTH,
      schema: { type: String, nullable: true },
      personal,
    },
    OptionalText(MAX_NOTE_LENGTH),
  );

/** One line by which people name something. */
export const NameColumn = (personal: PropertyDecorator, { isKey } = { isKey: false }) =>
  declare(
    {
      type: 'text',
      kind: 'text',
      isRequired: true,
      isKey,
      maxLength: MAX_TEXT_LENGTH,
      schema: { type: String },
      personal,
    },
    NameText(),
  );

/** The record's natural key. A record without one gets it when it is added, or later if the key is `nullable`. */
export const NumberColumn = (personal: PropertyDecorator, { nullable } = { nullable: false }) =>
  declare(
    {
      type: 'text',
      options: { nullable },
      kind: 'text',
      isRequired: false,
      isKey: true,
      maxLength: MAX_TEXT_LENGTH,
      schema: stored({ type: String }, !nullable),
      personal,
    },
    NameText({ required: false }),
    described(KEY, false),
    IsOptional(),
  );

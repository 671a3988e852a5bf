import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const LONGEST_TEXT = 200;
const ONE_LINE_WITHOUT_BLANKS_AROUND = /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u;

/** A text that may be left out, or be null. A blank one counts as null, as an empty cell of an import does. */
export const OptionalText = (longest = LONGEST_TEXT) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, maxLength: longest }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? null : value)),
    IsOptional(),
    IsString(),
    MaxLength(longest),
  );

/** One line by which people name something: 1 to 200 characters, no blanks around it. */
export const NameText = ({ required } = { required: true }) =>
  applyDecorators(
    ApiProperty({ required, minLength: 1, maxLength: LONGEST_TEXT }),
    Matches(ONE_LINE_WITHOUT_BLANKS_AROUND),
    MaxLength(LONGEST_TEXT),
  );

import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const MAX_TEXT_CHARACTERS = 200;
const ONE_LINE_WITHOUT_BLANKS_AROUND = /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u;

/** An optional text, which may be null. A blank text counts as null, like an empty cell of an import. */
export const OptionalText = (longest = MAX_TEXT_CHARACTERS) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, maxLength: longest }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? null : value)),
    IsOptional(),
    IsString(),
    MaxLength(longest),
  );

/** The name of something: one line, 1 to 200 characters, without leading or trailing blanks. */
export const NameText = ({ required } = { required: true }) =>
  applyDecorators(
    ApiProperty({ required, minLength: 1, maxLength: MAX_TEXT_CHARACTERS }),
    Matches(ONE_LINE_WITHOUT_BLANKS_AROUND),
    MaxLength(MAX_TEXT_CHARACTERS),
  );

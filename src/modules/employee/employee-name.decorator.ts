import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';

const MAX_NAME_CHARACTERS = 200;
const ONE_LINE = /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u;

/** One line of text, 1 to 200 characters, without leading or trailing blanks. */
export const IsEmployeeName = ({ required } = { required: true }) =>
  applyDecorators(
    ApiProperty({ required, minLength: 1, maxLength: MAX_NAME_CHARACTERS }),
    Matches(ONE_LINE),
    MaxLength(MAX_NAME_CHARACTERS),
  );

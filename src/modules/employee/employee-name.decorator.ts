import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';

export const LONGEST_NAME = 200;
const ONE_LINE = /^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u;

/** One line of text without blanks around it, 1 to 200 characters. */
export const IsEmployeeName = () =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: LONGEST_NAME }),
    // checked in reverse order: what is no string, or too long, is refused before the pattern looks at it
    Matches(ONE_LINE, { message: 'IS_ONE_LINE' }),
    MaxLength(LONGEST_NAME),
  );

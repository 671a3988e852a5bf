import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { PLACEHOLDERS } from '../../letters/letter';

export const LETTER_FORMATS = ['csv', 'pdf'] as const;
export type LetterFormat = (typeof LETTER_FORMATS)[number];

const MAX_TEMPLATE_CHARACTERS = 10_000;
const NOT_BLANK = /\S/;

export class WriteLettersRequest {
  @ApiProperty({
    maxLength: MAX_TEMPLATE_CHARACTERS,
    description: `text of the letter, with the placeholders ${PLACEHOLDERS.map((name) => `{{${name}}}`).join(' ')}`,
  })
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEMPLATE_CHARACTERS)
  readonly template: string;

  @ApiPropertyOptional({ default: false, description: 'part of a contract, not advertising: needs no consent' })
  @IfGiven()
  @IsBoolean()
  readonly contractual?: boolean;

  @ApiPropertyOptional({ enum: LETTER_FORMATS, description: 'instead of the header `Accept`' })
  @IfGiven()
  @IsIn(LETTER_FORMATS)
  readonly format?: LetterFormat;
}

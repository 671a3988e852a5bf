import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { type Language, LANGUAGES } from '../../language';

export const RECEIPT_FORMATS = ['json', 'pdf'] as const;
export type ReceiptFormat = (typeof RECEIPT_FORMATS)[number];

export class GetReceiptRequest {
  @ApiPropertyOptional({ enum: RECEIPT_FORMATS, description: 'what the Accept header says, when left out' })
  @IfGiven()
  @IsIn(RECEIPT_FORMATS)
  readonly format?: ReceiptFormat;

  @ApiPropertyOptional({
    enum: LANGUAGES,
    description:
      'of the PDF; what the Accept-Language header prefers, when left out, and German for whoever does not say',
  })
  @IfGiven()
  @IsIn(LANGUAGES)
  readonly language?: Language;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { type Language, LANGUAGES } from '../../language';

export const RECEIPT_FORMATS = ['json', 'pdf'] as const;
export type ReceiptFormat = (typeof RECEIPT_FORMATS)[number];

export class GetReceiptRequest {
  @ApiPropertyOptional({ enum: RECEIPT_FORMATS, description: 'default: the Accept header' })
  @IfGiven()
  @IsIn(RECEIPT_FORMATS)
  readonly format?: ReceiptFormat;

  @ApiPropertyOptional({
    enum: LANGUAGES,
    description: 'language of the PDF; default: the Accept-Language header, else German',
  })
  @IfGiven()
  @IsIn(LANGUAGES)
  readonly language?: Language;
}

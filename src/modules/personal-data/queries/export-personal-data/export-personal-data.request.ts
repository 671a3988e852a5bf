import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';

export const EXPORT_FORMATS = ['json', 'zip'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportPersonalDataRequest {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, description: 'default: the Accept header' })
  @IfGiven()
  @IsIn(EXPORT_FORMATS)
  readonly format?: ExportFormat;
}

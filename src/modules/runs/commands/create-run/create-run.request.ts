import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsUUID, Matches } from 'class-validator';
import { AllDistinct } from '../../../../platform/http/all-distinct.decorator';

export const MAX_LISTED_CUSTOMERS = 10_000;

/** Exactly one of the two must be given. */
export class CreateRunRequest {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  readonly selectionId?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: MAX_LISTED_CUSTOMERS })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LISTED_CUSTOMERS)
  @AllDistinct()
  @IsUUID('all', { each: true })
  readonly customerIds?: string[];
}

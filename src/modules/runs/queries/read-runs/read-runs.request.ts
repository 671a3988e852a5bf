import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { PageRequest } from '../../../../platform/http/page';
import { RUN_STATES, type RunState } from '../../state/run-state';

export class ReadRunsRequest extends PageRequest {
  @ApiPropertyOptional({ enum: RUN_STATES, isArray: true, description: 'only runs in one of these states' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat()) // a single value arrives as a string
  @IsIn(RUN_STATES, { each: true })
  readonly state?: readonly RunState[];
}

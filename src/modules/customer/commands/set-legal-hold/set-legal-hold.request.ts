import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const REASON_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

export class SetLegalHoldRequest {
  @ApiProperty({ pattern: REASON_CODE.source, description: 'never free text', example: 'LITIGATION' })
  @Matches(REASON_CODE)
  readonly reasonCode: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';

export class TerminateServiceContractRequest {
  @ApiProperty({ format: 'date', description: 'the last day on which the contract is in force' })
  @IsCalendarDate()
  readonly effectiveOn: string;
}

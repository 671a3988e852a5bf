import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../../platform/http/page';
import { EmployeeResponse } from '../../employee.response';

export class ListEmployeesResponse implements Page<EmployeeResponse> {
  @ApiProperty({ type: [EmployeeResponse] }) readonly items: EmployeeResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}

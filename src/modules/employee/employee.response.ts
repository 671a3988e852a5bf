import { ApiProperty } from '@nestjs/swagger';
import { Role } from '../../kernel/role';
import type { Employee } from './entities/employee.entity';

export class EmployeeResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly username: string;
  @ApiProperty() readonly displayName: string;
  @ApiProperty({ enum: Role, enumName: 'Role' }) readonly role: Role;
  @ApiProperty({ description: 'false: locked' }) readonly active: boolean;

  static of({ id, username, displayName, role, active }: Employee): EmployeeResponse {
    return { id, username, displayName, role, active };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import { IsEnum, IsString, MaxLength, MinLength } from 'class-validator';
import { Role } from '../../../../kernel/role';
import { IsEmployeeName } from '../../employee-name.decorator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../passwords/passwords';

export class CreateEmployeeRequest {
  @IsEmployeeName()
  readonly username: string;

  @IsEmployeeName()
  readonly displayName: string;

  @ApiProperty({ enum: Role, enumName: 'Role' })
  @IsEnum(Role)
  readonly role: Role;

  @ApiProperty({ format: 'password', minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
  @IsString()
  @MinLength(SHORTEST_PASSWORD)
  @MaxLength(LONGEST_PASSWORD)
  readonly password: string;
}

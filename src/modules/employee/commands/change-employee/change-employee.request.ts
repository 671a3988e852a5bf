import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEnum } from 'class-validator';
import { Role } from '../../../../kernel/role';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { NameText } from '../../../../platform/http/text-field.decorator';

export class ChangeEmployeeRequest {
  @IfGiven()
  @NameText({ required: false })
  readonly displayName?: string;

  @ApiPropertyOptional({ description: 'false locks the employee at once' })
  @IfGiven()
  @IsBoolean()
  readonly active?: boolean;

  @ApiPropertyOptional({ enum: Role, enumName: 'Role', description: 'takes effect immediately' })
  @IfGiven()
  @IsEnum(Role)
  readonly role?: Role;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsEnum, IsString, MaxLength, MinLength } from 'class-validator';
import { Role } from '../../../../kernel/role';
import { NameText } from '../../../../platform/http/text-field.decorator';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '../../passwords/passwords';

export class CreateEmployeeRequest {
  @NameText()
  readonly username: string;

  @NameText()
  readonly displayName: string;

  @ApiProperty({ enum: Role, enumName: 'Role' })
  @IsEnum(Role)
  readonly role: Role;

  @ApiProperty({ format: 'password', minLength: MIN_PASSWORD_CHARACTERS, maxLength: MAX_PASSWORD_CHARACTERS })
  @IsString()
  @MinLength(MIN_PASSWORD_CHARACTERS)
  @MaxLength(MAX_PASSWORD_CHARACTERS)
  readonly password: string;
}

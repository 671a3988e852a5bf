import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { MAX_PASSWORD_CHARACTERS } from '../../passwords/passwords';

export class LogInRequest {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly username: string;

  @ApiProperty({ format: 'password', maxLength: MAX_PASSWORD_CHARACTERS })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_CHARACTERS)
  readonly password: string;
}

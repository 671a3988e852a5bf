import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '../../passwords/passwords';

export class ChangePasswordRequest {
  @ApiProperty({ format: 'password', maxLength: MAX_PASSWORD_CHARACTERS })
  @IsString()
  @MaxLength(MAX_PASSWORD_CHARACTERS)
  readonly current: string;

  @ApiProperty({ format: 'password', minLength: MIN_PASSWORD_CHARACTERS, maxLength: MAX_PASSWORD_CHARACTERS })
  @IsString()
  @MinLength(MIN_PASSWORD_CHARACTERS)
  @MaxLength(MAX_PASSWORD_CHARACTERS)
  readonly next: string;
}

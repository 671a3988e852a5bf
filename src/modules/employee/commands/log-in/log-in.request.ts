import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { LONGEST_PASSWORD } from '../../passwords/passwords';

export class LogInRequest {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly username: string;

  @ApiProperty({ format: 'password', maxLength: LONGEST_PASSWORD })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_PASSWORD)
  readonly password: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { PageRequest } from '../../../../platform/http/page';

export class SearchCustomersRequest extends PageRequest {
  @ApiProperty({ maxLength: 200, description: 'words in any order; prefixes suffice, umlauts and case do not matter' })
  @IsString()
  @MaxLength(200)
  readonly search: string;
}

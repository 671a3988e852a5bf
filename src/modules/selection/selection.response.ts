import { ApiProperty } from '@nestjs/swagger';

export class SelectionResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly name: string;
  @ApiProperty({ type: 'integer', description: 'anonymized customers are no longer members' })
  readonly memberCount: number;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
}

export class SelectionPageResponse {
  @ApiProperty({ type: [SelectionResponse] }) readonly items: SelectionResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}

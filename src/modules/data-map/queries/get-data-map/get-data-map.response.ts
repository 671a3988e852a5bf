import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES } from '../../../../kernel/retention';
import type { Category, Treatment } from '../../../../kernel/personal-data';

const TREATMENTS: readonly Treatment[] = ['ERASE_ROWS', 'ERASE', 'REPLACE', 'REDACT', 'SEAL', 'KEEP'];
const CATEGORIES: readonly Category[] = [
  'IDENTITY',
  'CONTACT',
  'HEALTH',
  'FINANCE',
  'FREE_TEXT',
  'CONTENT',
  'RECORD',
  'NOT_PERSONAL',
];

export class DataMapColumnResponse {
  @ApiProperty() readonly module: string;
  @ApiProperty() readonly table: string;
  @ApiProperty() readonly column: string;
  @ApiProperty({ description: "the database's type" }) readonly type: string;
  @ApiProperty({ enum: CATEGORIES }) readonly category: string;
  @ApiProperty({ enum: TREATMENTS, description: 'what anonymization does to it' }) readonly treatment: string;
  @ApiProperty() readonly reason: string;

  @ApiPropertyOptional({ description: 'kind of identifier whose value is removed from free text' })
  readonly identifies?: string;
}

export class DataMapTableResponse {
  @ApiProperty() readonly module: string;
  @ApiProperty() readonly table: string;
  @ApiProperty({ enum: ['OF_CUSTOMER', 'ABOUT_CUSTOMER', 'NO_CUSTOMER_DATA'] }) readonly rule: string;
  @ApiProperty({ type: String, nullable: true }) readonly reason: string | null;

  @ApiProperty({ enum: ['ALL', 'SOME', 'NONE'], description: 'whether anonymization deletes rows as a whole' })
  readonly erasesRows: 'ALL' | 'SOME' | 'NONE';

  @ApiProperty({
    enum: RETENTION_CLASSES.filter((retentionClass) => retentionClass !== 'NONE'),
    nullable: true,
    description: "retention class under which its rows are sealed with the customer's name",
  })
  readonly sealedAs: string | null;
}

export class DataMapResponse {
  @ApiProperty({ type: [DataMapColumnResponse] }) readonly items: DataMapColumnResponse[];
  @ApiProperty({ type: [DataMapTableResponse] }) readonly tables: DataMapTableResponse[];
}

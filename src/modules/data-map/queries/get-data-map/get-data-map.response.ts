import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES, type StatutoryClass } from '../../../../kernel/retention';
import {
  CATEGORIES,
  type Category,
  MODULE_NAMES,
  type ModuleName,
  type TableRule,
  type Treatment,
  TREATMENTS,
} from '../../../../kernel/personal-data';

const TABLE_RULES: readonly TableRule['kind'][] = ['OF_CUSTOMER', 'ABOUT_CUSTOMER', 'NO_CUSTOMER_DATA'];

export class DataMapColumnResponse {
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty() readonly table: string;
  @ApiProperty() readonly column: string;
  @ApiProperty({ description: "the database's type" }) readonly type: string;
  @ApiProperty({ enum: CATEGORIES }) readonly category: Category;
  @ApiProperty({ enum: TREATMENTS, description: 'what anonymization does to it' }) readonly treatment: Treatment;
  @ApiProperty() readonly reason: string;

  @ApiPropertyOptional({ description: 'kind of identifier whose value is removed from free text' })
  readonly identifies?: string;
}

export class DataMapTableResponse {
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty() readonly table: string;
  @ApiProperty({ enum: TABLE_RULES }) readonly rule: TableRule['kind'];
  @ApiProperty({ type: String, nullable: true }) readonly reason: string | null;

  @ApiProperty({ enum: ['ALL', 'SOME', 'NONE'], description: 'whether anonymization deletes rows as a whole' })
  readonly erasesRows: 'ALL' | 'SOME' | 'NONE';

  @ApiProperty({
    enum: RETENTION_CLASSES.filter((retentionClass) => retentionClass !== 'NONE'),
    nullable: true,
    description: "retention class under which its rows are sealed with the customer's name",
  })
  readonly sealedAs: StatutoryClass | null;
}

export class DataMapResponse {
  @ApiProperty({ type: [DataMapColumnResponse] }) readonly items: DataMapColumnResponse[];
  @ApiProperty({ type: [DataMapTableResponse] }) readonly tables: DataMapTableResponse[];
}

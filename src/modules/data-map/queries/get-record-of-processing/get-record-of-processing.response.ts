import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, type Category, MODULE_NAMES, type ModuleName } from '../../../../kernel/personal-data';
import { KEEPING_TREATMENTS, type KeepingTreatment } from '../../processing/record-of-processing';

export class RetentionResponse {
  @ApiProperty({ description: 'legal ground or purpose, with the period where it has one' }) readonly ground: string;
  @ApiProperty({ enum: KEEPING_TREATMENTS, description: 'treatment of the kept columns' })
  readonly treatment: KeepingTreatment;
  @ApiProperty({ type: [String] }) readonly tables: readonly string[];
}

export class CategoryOfDataResponse {
  @ApiProperty({ enum: CATEGORIES, description: 'category of the data map' }) readonly category: Category;
  @ApiProperty({ type: [String] }) readonly tables: readonly string[];
  @ApiProperty({ type: [String], description: 'tables that lose such values when the customer is anonymized' })
  readonly erasedFrom: readonly string[];
  @ApiProperty({ type: [RetentionResponse], description: 'columns that are kept' })
  readonly kept: readonly RetentionResponse[];
}

export class OtherTableResponse {
  @ApiProperty() readonly table: string;
  @ApiProperty() readonly holds: string;
}

export class ProcessingActivityResponse {
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty({ type: [String] }) readonly purposes: readonly string[];
  @ApiProperty({ type: [String] }) readonly dataSubjects: readonly string[];
  @ApiProperty({ type: [CategoryOfDataResponse] }) readonly dataCategories: readonly CategoryOfDataResponse[];
  @ApiProperty({ type: [OtherTableResponse], description: 'tables without customer data' })
  readonly otherTables: readonly OtherTableResponse[];
  @ApiProperty({ type: [String], description: 'outside the product: none' }) readonly recipients: readonly string[];
}

export class RecordOfProcessingResponse {
  @ApiProperty({ type: [ProcessingActivityResponse] }) readonly items: readonly ProcessingActivityResponse[];
  @ApiProperty({ type: [String], description: 'in general terms (Art. 32 GDPR)' })
  readonly securityMeasures: readonly string[];
  @ApiProperty({ type: [String], description: 'required by Art. 30(1) GDPR, but unknown to the product' })
  readonly leftToTheController: readonly string[];
}

import { ApiProperty } from '@nestjs/swagger';
import {
  CATEGORIES,
  type Category,
  MODULE_NAMES,
  type ModuleName,
  type Treatment,
  TREATMENTS,
} from '../../../../kernel/personal-data';
import { RETENTION_CLASSES, type RetentionClass } from '../../../../kernel/retention';
import type { Withheld } from '../../export/exported-columns';

const WITHHELD: readonly Withheld[] = ['KEY_OR_SEALED_CONTENT', 'LEADS_TO_SOMEBODY_ELSE', 'INTERNAL_REFERENCE'];

export const DOCUMENT_CONTENTS = ['READABLE', 'SEALED', 'NONE'] as const;
export type DocumentContents = (typeof DOCUMENT_CONTENTS)[number];

const ROWS = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

export class PersonalDataColumnResponse {
  @ApiProperty({ description: 'name in the rows' }) readonly field: string;
  @ApiProperty({ description: 'name in the data map' }) readonly column: string;
  @ApiProperty({ enum: CATEGORIES }) readonly category: Category;
  @ApiProperty({ enum: TREATMENTS, description: 'what an anonymization does to it' }) readonly treatment: Treatment;
  @ApiProperty() readonly reason: string;

  @ApiProperty({ enum: WITHHELD, nullable: true, description: 'why its values are not in the rows' })
  readonly withheld: Withheld | null;
}

export class PersonalDataTableResponse {
  @ApiProperty() readonly table: string;
  @ApiProperty({ type: [PersonalDataColumnResponse] }) readonly columns: PersonalDataColumnResponse[];
  @ApiProperty(ROWS) readonly rows: readonly object[];
}

export class PersonalDataDocumentResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly type: string;
  @ApiProperty({ type: String, nullable: true }) readonly title: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly fileName: string | null;
  @ApiProperty({ enum: RETENTION_CLASSES }) readonly retentionClass: RetentionClass;
  @ApiProperty({ format: 'date' }) readonly createdOn: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) readonly retentionUntil: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly mediaType: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'bytes' }) readonly size: number | null;

  @ApiProperty({ enum: DOCUMENT_CONTENTS, description: 'SEALED: kept for the tax office, and not readable here' })
  readonly content: DocumentContents;

  @ApiProperty({ type: String, nullable: true, description: 'where it is in the ZIP; null: not in it' })
  readonly file: string | null;
}

export class PersonalDataModuleResponse {
  @ApiProperty({ enum: MODULE_NAMES, enumName: 'ModuleName' }) readonly module: ModuleName;
  @ApiProperty({ type: [PersonalDataTableResponse] }) readonly tables: PersonalDataTableResponse[];

  @ApiProperty({ type: [PersonalDataDocumentResponse], required: false, description: 'of the module archive' })
  readonly documents?: PersonalDataDocumentResponse[];
}

export class PersonalDataReferenceResponse {
  @ApiProperty() readonly table: string;
  @ApiProperty(ROWS) readonly rows: readonly object[];
}

export class PersonalDataResponse {
  @ApiProperty() readonly customerId: string;
  @ApiProperty() readonly customerNumber: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly anonymizedAt: string | null;
  @ApiProperty({ format: 'date-time' }) readonly exportedAt: string;
  @ApiProperty({ type: [PersonalDataModuleResponse] }) readonly modules: PersonalDataModuleResponse[];

  @ApiProperty({ type: [PersonalDataReferenceResponse], description: 'tables that ids in the rows refer to' })
  readonly references: PersonalDataReferenceResponse[];
}

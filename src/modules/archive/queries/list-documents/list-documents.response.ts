import { ApiProperty } from '@nestjs/swagger';
import { RETENTION_CLASSES, type RetentionClass } from '../../../../kernel/retention';

export class DocumentResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly type: string;
  @ApiProperty({ type: String, nullable: true }) readonly title: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly fileName: string | null;
  @ApiProperty({ enum: RETENTION_CLASSES }) readonly retentionClass: RetentionClass;
  @ApiProperty({ format: 'date' }) readonly createdOn: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null: no retention period' })
  readonly retentionUntil: string | null;

  @ApiProperty({ type: String, nullable: true }) readonly mediaType: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'bytes; null for an entry without a file' })
  readonly size: number | null;
}

export class DocumentPageResponse {
  @ApiProperty({ type: [DocumentResponse] }) readonly items: DocumentResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;
}

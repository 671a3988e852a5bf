import { ApiProperty } from '@nestjs/swagger';
import { StoredType } from '../../../records';
import { ArchiveDocument, MAINTAINED_COLUMNS } from '../../entities/archive-document.entity';

export class DocumentResponse extends StoredType(ArchiveDocument, MAINTAINED_COLUMNS, { type: String }) {
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

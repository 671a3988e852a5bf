import { ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { ArchiveDocument, MAINTAINED_COLUMNS } from '../../entities/archive-document.entity';

/** The columns of archive_documents.csv. */
export class AddDocumentRequest extends IntersectionType(
  OmitType(ArchiveDocument, ['id', 'createdOn', ...MAINTAINED_COLUMNS] as const),
  PartialType(PickType(ArchiveDocument, ['createdOn'] as const), { skipNullProperties: false }),
) {
  @ApiPropertyOptional({ description: 'default: today' })
  override readonly createdOn?: string;
}

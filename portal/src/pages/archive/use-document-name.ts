import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import type { ArchivedDocument } from './previews';

/** The display name of a document. */
export function useDocumentName(): (document: ArchivedDocument) => string {
  const { t } = useWords('archive');
  const { date } = useFormats();
  return ({ title, fileName, createdOn }) => title ?? fileName ?? t('nameless', { date: date(createdOn) });
}

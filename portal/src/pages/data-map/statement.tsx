import { useWords } from '../../words/words';
import { STATEMENTS } from './statements.de';

/** A statement of the data map, in the reader's language if translated, else in English and marked as such. */
export function Statement({ of }: { readonly of: string }) {
  const { i18n } = useWords();
  const german = i18n.language === 'de' ? STATEMENTS[of] : undefined;
  return german ?? <span lang="en">{of}</span>;
}

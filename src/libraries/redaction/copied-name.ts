import { WordText } from './word-text';

/** Salutations and titles, which do not identify a name. */
const SALUTATIONS = new Set('herr herrn frau familie fam eheleute firma dr prof dipl ing med'.split(' '));

/** The words of a copied name, by key, without salutation and title. */
export function wordsOfCopiedName(value: string): string[] {
  return new WordText(value).words.map(({ key }) => key).filter((key) => !SALUTATIONS.has(key));
}

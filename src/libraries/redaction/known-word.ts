import { isDistinctiveTogether } from './joined-names';
import type { NameKind, NameWord } from './name-word';
import { capitalized, inCapitals, spelledOut, withoutMarks } from './spelling';

/**
 * Short names without their umlauts are common words (`Bär` → `Bar`, `Schön` → `Schon`); longer ones (`Ozturk`,
 * `Muller`) are not.
 */
const SAFE_WITHOUT_UMLAUT = 6;

/** All words of a customer's names that share one key, with their accepted spellings. */
export class KnownWord {
  readonly kinds = new Set<NameKind>();
  private readonly names: NameWord[] = [];
  /** accepted spellings, with a separate set for names that count alone; built when a text contains the word */
  private spellings: { readonly all: ReadonlySet<string>; readonly alone: ReadonlySet<string> } | undefined;
  /** kinds of the names whose words are joined in this word, and whether they are stored in lower case */
  private joinedKinds: Set<NameKind> | undefined;
  private joinedInSmallLetters = false;

  add(name: NameWord): void {
    if (name.identifying) this.kinds.add(name.kind);
    this.names.push(name);
    this.spellings = undefined;
  }

  /** Adds a word that joins the words of a name: `OBryan`, `deVries`, `Hanspeter`. */
  addJoined(kind: NameKind, spelling: string): void {
    (this.joinedKinds ??= new Set()).add(kind);
    this.joinedInSmallLetters ||= spelling === spelling.toLowerCase();
  }

  /**
   * Whether a word of a text is one of the names as stored or in capitals; `Müller` and `Mueller` are the same
   * spelling.
   */
  isSpelled(text: string): boolean {
    return isOneOf(this.forms.all, text);
  }

  /** Like {@link isSpelled}, for names that count without the rest of the name. */
  isAlone(text: string): boolean {
    if (isOneOf(this.forms.alone, text)) return true;
    return this.isJoined(text) && (this.joinedInSmallLetters || text !== text.toLowerCase());
  }

  /** The kinds of names of which the word is an identifying part, in any case. */
  kindsIn(text: string): ReadonlySet<NameKind> {
    return this.isJoined(text) ? new Set([...this.kinds, ...(this.joinedKinds ?? [])]) : this.kinds;
  }

  private get forms() {
    return (this.spellings ??= {
      all: acceptedForms(this.names),
      alone: acceptedForms(this.names.filter(({ alone }) => alone)),
    });
  }

  private isJoined(text: string): boolean {
    return this.joinedKinds !== undefined && isDistinctiveTogether(text);
  }
}

const isOneOf = (forms: ReadonlySet<string>, text: string) =>
  forms.size > 0 && written(text).some((form) => forms.has(form));

function acceptedForms(names: readonly NameWord[]): ReadonlySet<string> {
  const spellings = names.flatMap(({ spelling }) => {
    // a value in only capitals or only lower case does not show its usual spelling
    const isOneCase = inCapitals(spelling) || spelling === spelling.toLowerCase();
    return [spelling, spelling.toUpperCase(), ...(isOneCase ? [capitalized(spelling)] : [])];
  });
  return new Set(spellings.flatMap(written));
}

function written(word: string): string[] {
  const bare = withoutMarks(word);
  const forms = bare.length < SAFE_WITHOUT_UMLAUT ? [spelledOut(word)] : [spelledOut(word), bare];
  return inCapitals(word) ? forms.map((form) => form.toUpperCase()) : forms;
}

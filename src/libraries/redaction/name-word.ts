import { isDistinctiveTogether } from './joined-names';
import { capitalized, inCapitals, keyOf, spelledOut, withoutMarks } from './spelling';

/** Short names without their umlauts are everyday words (`Bär` → `Bar`, `Schön` → `Schon`); longer ones (`Ozturk`, `Muller`) are not. */
const SAFE_WITHOUT_UMLAUT = 6;

export type NameKind = 'FIRST_NAME' | 'LAST_NAME';

/** One word of a first or last name. */
export class NameWord {
  readonly key: string;

  /**
   * @param identifying counts as a part of a full name; particles (`von`) and initials do not
   * @param alone is replaced even without the rest of the name
   */
  constructor(
    readonly spelling: string,
    readonly kind: NameKind,
    readonly identifying: boolean,
    readonly alone: boolean,
  ) {
    this.key = keyOf(spelling);
  }
}

/** All words of a customer's names that have one key, and how they may be spelled in a text. */
export class KnownWord {
  readonly kinds = new Set<NameKind>();
  private readonly spellings = new Set<string>();
  private readonly spellingsAlone = new Set<string>();
  /** kinds of the names whose words are written together here, and whether they are stored in small letters */
  private readonly joinedKinds = new Set<NameKind>();
  private joinedInSmallLetters = false;

  add({ spelling, kind, identifying, alone }: NameWord): void {
    if (identifying) this.kinds.add(kind);
    for (const form of acceptedForms(spelling)) {
      this.spellings.add(form);
      if (alone) this.spellingsAlone.add(form);
    }
  }

  /** The words of a name are written together here: `OBryan`, `deVries`, `Hanspeter`. */
  addJoined(kind: NameKind, spelling: string): void {
    this.joinedKinds.add(kind);
    this.joinedInSmallLetters ||= spelling === spelling.toLowerCase();
  }

  /** Whether a word of a text is one of the names as it is spelled or in capitals; `Müller` and `Mueller` are one spelling. */
  isSpelled(text: string): boolean {
    return written(text).some((form) => this.spellings.has(form));
  }

  /** The same for names that count without the rest of the name. */
  isAlone(text: string): boolean {
    if (this.spellingsAlone.size > 0 && written(text).some((form) => this.spellingsAlone.has(form))) return true;
    return this.isJoined(text) && (this.joinedInSmallLetters || text !== text.toLowerCase());
  }

  /** The kinds of names of which the word is an identifying part, in any case. */
  kindsIn(text: string): ReadonlySet<NameKind> {
    return this.isJoined(text) ? new Set([...this.kinds, ...this.joinedKinds]) : this.kinds;
  }

  private isJoined(text: string): boolean {
    return this.joinedKinds.size > 0 && isDistinctiveTogether(text);
  }
}

function acceptedForms(spelling: string): Set<string> {
  const spellings = [spelling, spelling.toUpperCase()];
  // stored in capitals or small letters only, the value does not tell its usual spelling
  if (inCapitals(spelling) || spelling === spelling.toLowerCase()) spellings.push(capitalized(spelling));
  return new Set(spellings.flatMap(written));
}

function written(word: string): string[] {
  const bare = withoutMarks(word);
  const forms = bare.length < SAFE_WITHOUT_UMLAUT ? [spelledOut(word)] : [spelledOut(word), bare];
  return inCapitals(word) ? forms.map((form) => form.toUpperCase()) : forms;
}

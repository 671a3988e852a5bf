import { capitalized, coarse, inCapitals, spelledOut, withoutMarks } from './spelling';

/** Short names without their umlauts are everyday words (`Bär` → `Bar`, `Schön` → `Schon`); longer ones (`Ozturk`, `Muller`) are not. */
const SAFE_WITHOUT_UMLAUT = 6;

export type NameKind = 'FIRST_NAME' | 'LAST_NAME';

/** One word of a first or last name. */
export class NameWord {
  readonly key: string;
  private forms: ReadonlySet<string> | undefined;

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
    this.key = coarse(withoutMarks(spelling).toLowerCase());
  }

  /** Whether a word of a text is this name as it is spelled or in capitals; `Müller` and `Mueller` are one spelling. */
  isSpelled(text: string): boolean {
    this.forms ??= this.acceptedForms();
    return written(text).some((form) => this.forms?.has(form));
  }

  private acceptedForms(): ReadonlySet<string> {
    const spellings = [this.spelling, this.spelling.toUpperCase()];
    // stored in capitals or small letters only, the value does not tell its usual spelling
    if (inCapitals(this.spelling) || this.spelling === this.spelling.toLowerCase()) {
      spellings.push(capitalized(this.spelling));
    }
    return new Set(spellings.flatMap(written));
  }
}

function written(word: string): string[] {
  const bare = withoutMarks(word);
  const forms = bare.length < SAFE_WITHOUT_UMLAUT ? [spelledOut(word)] : [spelledOut(word), bare];
  return inCapitals(word) ? forms.map((form) => form.toUpperCase()) : forms;
}

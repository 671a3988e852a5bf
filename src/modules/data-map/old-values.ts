import {
  BETWEEN_TEXTS,
  coarse,
  compact,
  type Identifier,
  Redactor,
  spelledOut,
  WordText,
} from '../../libraries/redaction';
import { NumberCheck } from './number-check';
import type { Remains } from './proof-statements';

/** Letters and digits; shorter values occur by chance. */
const SHORTEST_VALUE = 6;

/** An initial beside a name is none: `Gehäuse A klein`. */
const SHORTEST_NAME = 2;

/** Digits that make a number of it: `unbekannt` and `Kasse 1` are none. */
const FEWEST_DIGITS = 4;

/** What may stand between two telephone numbers in one column. */
const BETWEEN_PHONES = /[^\d\s()+/.\-‐-―]+/;

/**
 * What identified one customer before, to be looked for in what is left:
 * - in redacted texts whatever redaction takes out;
 * - in other texts the note, e-mail addresses, telephone numbers, IBANs and other numbers, streets with a number, first and last name together. A lone name may
 *   be a word there, a company's name that of a brand, and nothing would have taken it out;
 * - in the number of a record that may change what {@link NumberCheck} finds.
 *
 * Redaction decides what is a spelling of a value, so that nobody fails for a text that it leaves alone on purpose.
 */
export class OldValues {
  /** e-mail addresses, streets and the note */
  private readonly contacts: Identifier[] = [];
  private readonly numbers: Identifier[] = [];
  private readonly firstNames: Name[] = [];
  private readonly lastNames: Name[] = [];
  /** pieces of the values, compact: where none of them stands, no value does */
  private readonly traces = new Set<string>();
  private readonly tracesOfNames = new Set<string>();

  constructor(private readonly identifiers: readonly Identifier[]) {
    for (const identifier of identifiers) this.add(identifier);
    for (const [before, behind] of this.fullNames())
      for (const beginning of before.spellings)
        for (const end of behind.spellings) this.leave(this.traces, beginning + end);
  }

  /**
   * A first look, which costs little and finds too much rather than too little.
   *
   * @param redacted all redacted texts of the customer, compact
   * @param others all other texts, likewise
   */
  mayStandIn(redacted: string, others: string): boolean {
    for (const trace of this.traces) if (others.includes(trace) || redacted.includes(trace)) return true;
    for (const trace of this.tracesOfNames) if (redacted.includes(trace)) return true;
    return false;
  }

  /** Whether one of them stands in a text. */
  standIn(text: string, remains: Remains): boolean {
    switch (remains) {
      case 'NOTHING':
        return true;
      case 'REDACTED':
        return new Redactor(this.identifiers).finds(text);
      case 'NUMBER':
        return new NumberCheck(this.identifiers).finds(text);
      case 'TEXT':
        return new Redactor([...this.contacts, ...this.numbers]).finds(text) || this.isFullNameIn(text);
    }
  }

  private add(identifier: Identifier): void {
    const { kind, value } = identifier;
    switch (kind) {
      case 'FIRST_NAME':
        return this.addName(value, this.firstNames);
      case 'LAST_NAME':
      case 'BIRTH_NAME':
        return this.addName(value, this.lastNames);
      case 'COMPANY_NAME':
      case 'COPIED_NAME':
      case 'ADDRESS':
        return this.addName(value, []);
      case 'NOTE':
        return this.lookFor(this.contacts, identifier, compact(value));
      case 'EMAIL':
        return value.includes('@') ? this.lookFor(this.contacts, identifier, compact(value)) : undefined;
      case 'STREET':
        return /\d/.test(value) && /\p{L}/u.test(value)
          ? this.lookFor(this.contacts, identifier, ...streetsOf(value))
          : undefined;
      case 'IBAN':
      case 'NUMBER':
        return digitsOf(value).length >= FEWEST_DIGITS
          ? this.lookFor(this.numbers, identifier, compact(value))
          : undefined;
      case 'PHONE':
        for (const phone of value.split(BETWEEN_PHONES))
          this.lookFor(this.numbers, { kind, value: phone }, withoutCountry(phone).slice(-SHORTEST_VALUE));
        return;
      case 'BIRTH_DATE': // many are born on one day, and what is kept of dates is no text
        return;
    }
  }

  private addName(value: string, names: Name[]): void {
    const spellings = spellingsOf(value);
    this.leave(this.tracesOfNames, ...spellings);
    if (spellings[0]!.length >= SHORTEST_NAME) names.push({ value, spellings });
  }

  private lookFor(wanted: Identifier[], identifier: Identifier, ...traces: readonly string[]): void {
    if (traces[0]!.length < SHORTEST_VALUE) return;
    wanted.push(identifier);
    this.leave(this.traces, ...traces);
  }

  private leave(traces: Set<string>, ...spellings: readonly string[]): void {
    for (const spelling of spellings)
      if (spelling.length >= SHORTEST_VALUE && !spelling.includes(BETWEEN_TEXTS)) traces.add(spelling);
  }

  /** Each first with each last name, in either order. */
  private fullNames(): (readonly [Name, Name])[] {
    return this.firstNames.flatMap((first) =>
      this.lastNames.flatMap((last) => [[first, last] as const, [last, first] as const]),
    );
  }

  private isFullNameIn(text: string): boolean {
    const words = inWords(text);
    return this.fullNames().some(
      ([{ value: before, spellings: beginnings }, { value: behind, spellings: ends }]) =>
        beginnings[0]!.length + ends[0]!.length >= SHORTEST_VALUE && words.includes(inWords(`${before} ${behind}`)),
    );
  }
}

interface Name {
  readonly value: string;
  readonly spellings: readonly string[];
}

const digitsOf = (value: string) => value.replace(/\D/g, '');

/** The digits that are the same however the number is dialled; the code of a foreign country has up to three. */
function withoutCountry(phone: string): string {
  const digits = digitsOf(phone.replace('(0)', ''));
  const isInternational = /^[\s(]*\+/.test(phone) || digits.startsWith('00');
  return digits.replace(isInternational ? /^(?:00)?(?:49|\d{3})/ : /^0/, '');
}

/** Words by the coarsest key, with a blank before and behind each. */
const inWords = (text: string) => ` ${new WordText(text).words.map(({ key }) => key).join(' ')} `;

/** `Müller` may be written Mueller and Muller; the plainest spelling comes first. */
function spellingsOf(value: string): string[] {
  const plain = compact(value);
  const others = [compact(spelledOut(value)), coarse(plain)].filter((spelling) => spelling !== plain);
  return [plain, ...others];
}

/** `Hauptstraße 5` may be written Hauptstr. 5. */
const streetsOf = (value: string): string[] =>
  spellingsOf(value).flatMap((street) => [
    street,
    street.replaceAll('strasse', 'str'),
    street.replaceAll(/str(?:asse)?/g, 'strasse'),
  ]);

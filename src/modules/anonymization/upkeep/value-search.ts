import { compact, withoutMarks } from '../../../libraries/redaction';

/** Letters and digits; shorter values occur by chance. */
export const SHORTEST_VALUE = 6;

/** As telephone numbers are written; they are looked for with any country code. */
const PHONE = /^[+0(][\d\s()+/.-]*$/;
const GAP = '[^\\p{L}\\p{N}]{0,4}';
const COUNTRY_AND_ZERO = `(?:\\+?49|0049)?${GAP}0?${GAP}`;
/** Line breaks and quotes inside of JSON. */
const ESCAPES = /\\[nrtbf"\\/]/g;

interface Wanted {
  readonly customerId: string;
  /** the value, compact */
  readonly letters: string;
  /** for numbers, which must not be a piece of a longer one */
  readonly alone: RegExp | null;
}

/** Looks for many values of many customers at once. The time it takes depends on the text, not on how many values there are. */
export class ValueSearch {
  private readonly byBeginning = new Map<string, Wanted[]>();

  /** False when the value is too short to be looked for. */
  add(customerId: string, value: string): boolean {
    const phone = PHONE.test(value.trim());
    const letters = phone ? withoutCountry(value) : compact(value);
    if (letters.length < SHORTEST_VALUE) return false;
    const wanted = { customerId, letters, alone: /^\d+$/.test(letters) ? numberAlone(letters, phone) : null };
    const beginning = letters.slice(0, SHORTEST_VALUE);
    const known = this.byBeginning.get(beginning);
    if (known === undefined) this.byBeginning.set(beginning, [wanted]);
    else known.push(wanted);
    return true;
  }

  /** The customers of whom a value stands in the text, in any case, with or without marks, blanks and signs. */
  in(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    const unescaped = text.replace(ESCAPES, ' ');
    const letters = compact(unescaped);
    const plain = withoutMarks(unescaped);
    // each number once, however often its digits stand in the text
    const rejected = new Set<Wanted>();
    for (let place = 0; place + SHORTEST_VALUE <= letters.length; place++) {
      const candidates = this.byBeginning.get(letters.slice(place, place + SHORTEST_VALUE));
      for (const wanted of candidates ?? []) {
        if (found.has(wanted.customerId) || rejected.has(wanted) || !letters.startsWith(wanted.letters, place))
          continue;
        if (wanted.alone === null || wanted.alone.test(plain)) found.add(wanted.customerId);
        else rejected.add(wanted);
      }
    }
    return found;
  }
}

/** `+49 711 123456`, `0049 (0)711 123456` and `0711 123456` are one number. */
const withoutCountry = (phone: string) =>
  phone
    .replace('(0)', '')
    .replace(/\D/g, '')
    .replace(/^(?:00)?49(?=\d{7})/, '')
    .replace(/^0+/, '');

const numberAlone = (digits: string, phone: boolean) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${phone ? COUNTRY_AND_ZERO : ''}${[...digits].join(GAP)}(?![\\p{L}\\p{N}])`, 'u');

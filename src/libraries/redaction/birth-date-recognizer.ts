import type { Hit, Recognizer } from './recognizer';
import type { Word, WordText } from './word-text';

/**
 * German, Austrian and English month names, abbreviations and Roman numerals, as word keys (`marz` is März and Maerz).
 */
const MONTHS = [
  ['januar', 'janner', 'jan', 'january', 'i'],
  ['februar', 'feber', 'febr', 'feb', 'february', 'ii'],
  ['marz', 'mrz', 'mar', 'march', 'iii'],
  ['april', 'apr', 'iv'],
  ['mai', 'may', 'v'],
  ['juni', 'jun', 'june', 'vi'],
  ['juli', 'jul', 'july', 'vii'],
  ['august', 'aug', 'viii'],
  ['september', 'sept', 'sep', 'ix'],
  ['oktober', 'okt', 'october', 'oct', 'x'],
  ['november', 'nov', 'xi'],
  ['dezember', 'dez', 'december', 'dec', 'xii'],
];
const PENSION_NUMBER = /^\d{8}[a-z]\d{3}$/;
const PENSION_NUMBER_BEGINS = /^\d\d/;
const PENSION_NUMBER_LENGTH = 12;
const PARTS_OF_PENSION_NUMBER = 4;
/** The shortest spelling is `5. III. 50`. */
const MIN_DIGITS = 3;
const ISO_DATE = /^(\d\d(\d\d))-(\d\d)-(\d\d)$/;
/** Separators between numbers: `5.3.1950`, `05. 03. 1950`, `5/3/50`, `05 03 1950`. */
const NUMBER_GAP = /^\s*[./\-–]?\s*$/;
/** Separators next to a month name: `5. März 1950`, `March 5, 1950`, `5-Mar-50`, `5. März '50`. */
const NAME_GAP = /^[\s.,/\-–'’]*$/;

/**
 * Finds the birth date in the usual German, English and ISO spellings. A date without its year identifies no person.
 */
export class BirthDateRecognizer implements Recognizer {
  private readonly days: readonly string[];
  private readonly months: readonly string[];
  private readonly monthNames: readonly string[];
  private readonly year: string;
  private readonly shortYear: string;
  private readonly compact: readonly string[];
  /** `290252`, which is ambiguous without context */
  private readonly short: string;

  /** Empty when the value is not `YYYY-MM-DD`. */
  static of(isoDate: string): BirthDateRecognizer[] {
    const [, year, shortYear, month, day] = ISO_DATE.exec(isoDate) ?? [];
    return year && shortYear && month && day ? [new BirthDateRecognizer(year, shortYear, month, day)] : [];
  }

  private constructor(year: string, shortYear: string, month: string, day: string) {
    const number = String(Number(day));
    this.days = [day, number, ...['st', 'nd', 'rd', 'th'].map((suffix) => number + suffix)];
    this.months = [month, String(Number(month))];
    this.monthNames = MONTHS[Number(month) - 1] ?? [];
    this.year = year;
    this.shortYear = shortYear;
    this.compact = [year + month + day, day + month + year];
    this.short = day + month + shortYear;
  }

  find(text: WordText, hits: Hit[]): void {
    if (text.digits.text.length < MIN_DIGITS) return;
    text.words.forEach((word, index) => {
      const last = this.lastWord(text, index) ?? this.endOfPensionNumber(text, index);
      if (last) hits.push({ from: word.start, to: last.end });
    });
  }

  private lastWord(text: WordText, index: number): Word | undefined {
    const first = text.words[index];
    const second = text.words[index + 1];
    const third = text.words[index + 2];
    if (!first) return undefined;
    if (this.compact.includes(first.plain)) return first;
    if (!second || !third) return undefined;

    const dayFirst = this.days.includes(first.plain) && this.isYear(third.plain);
    const byNumber =
      (dayFirst && this.months.includes(second.plain)) ||
      (first.plain === this.year && this.months.includes(second.plain) && this.isIsoDay(third.plain));
    const byName =
      (dayFirst && this.monthNames.includes(second.key)) ||
      (this.monthNames.includes(first.key) && this.days.includes(second.plain) && this.isYear(third.plain));
    if (!byNumber && !byName) return undefined;

    const gaps = [text.gapAfter(index), text.gapAfter(index + 1)];
    if (byName) return gaps.every((gap) => NAME_GAP.test(gap)) ? third : undefined;
    // three short numbers in a row (`5 3 50`) are more likely quantities
    if (third.plain === this.shortYear && gaps.some((gap) => gap.trim() === '')) return undefined;
    return gaps.every((gap) => NUMBER_GAP.test(gap)) ? third : undefined;
  }

  /** The last word of a pension insurance number, which contains the birth date: `65 290252 J 003`. */
  private endOfPensionNumber({ words }: WordText, index: number): Word | undefined {
    if (!PENSION_NUMBER_BEGINS.test(words[index]!.plain)) return undefined;
    let number = '';
    for (const part of words.slice(index, index + PARTS_OF_PENSION_NUMBER)) {
      number += part.plain;
      if (number.length === PENSION_NUMBER_LENGTH)
        return number.slice(2, 8) === this.short && PENSION_NUMBER.test(number) ? part : undefined;
    }
    return undefined;
  }

  private isYear(word: string): boolean {
    return word === this.year || word === this.shortYear;
  }

  /** Whether the word is the day, or the day of a timestamp: `1950-03-05T00:00:00Z`. */
  private isIsoDay(word: string): boolean {
    return this.days.includes(word) || word.startsWith(`${this.days[0]}t`);
  }
}

/** The languages of the portal. */
export type Language = 'de' | 'en';

/*
 * Reads typed or pasted input in the format of the page's language. Ambiguous input is rejected: `1.234,50` is 1234.50
 * in German and invalid in English. Displayed values use a format that can be read back.
 */

const SEPARATORS: Record<Language, { readonly group: string; readonly decimal: string }> = {
  de: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};
const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };
const BLANKS = /[\s\u00a0\u202f]/g;

/**
 * Parses a number with at most `decimals` fraction digits; null if it is invalid, has more digits, or is not grouped by
 * thousands.
 */
export function readNumber(typed: string, language: Language, decimals: number): number | null {
  const { group, decimal } = SEPARATORS[language];
  const plain = typed.replace(BLANKS, '').replace('\u2212', '-');
  const [sign, rest] = plain.startsWith('-') ? ['-', plain.slice(1)] : ['', plain];
  const [whole = '', fraction, ...more] = rest.split(decimal);
  if (more.length > 0 || (fraction !== undefined && (!/^\d+$/.test(fraction) || fraction.length > decimals)))
    return null;
  const groups = whole.split(group);
  const isGrouped = groups.length > 1;
  if (isGrouped && !(/^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((digits) => /^\d{3}$/.test(digits))))
    return null;
  if (!isGrouped && !/^\d+$/.test(whole)) return null;
  return Number(`${sign}${groups.join('')}.${fraction ?? '0'}`);
}

/** Parses an amount, with or without a euro sign, into cents; null if it is invalid. */
export function readMoney(typed: string, language: Language): number | null {
  const amount = readNumber(typed.replace(/€|\bEUR\b/i, ''), language, 2);
  return amount === null ? null : Math.round(amount * 100);
}

export const writeNumber = (number: number, language: Language, decimals: number): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: decimals }).format(number);

export const writeMoney = (cents: number, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(cents / 100);

/**
 * Parses a calendar day into `YYYY-MM-DD`; null if it is invalid. Years have four digits, and the day comes before the
 * month. Accepts `12.04.1953`, the format of the page (`12 Apr 1953`), `1953-04-12`, and in English `12/04/1953`.
 */
export function readDate(typed: string, language: Language): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso !== null) return day(iso[1]!, iso[2]!, iso[3]!);
  const numbers = (
    language === 'en' ? /^(\d{1,2})([./])\s*(\d{1,2})\2\s*(\d{4})$/ : /^(\d{1,2})(\.)\s*(\d{1,2})\.\s*(\d{4})$/
  ).exec(text);
  if (numbers !== null) return day(numbers[4]!, numbers[3]!, numbers[1]!);
  const named = /^(\d{1,2})\.?\s+(\p{L}+)\.?\s+(\d{4})$/u.exec(text);
  const month = named === null ? undefined : monthOf(named[2]!, language);
  return named === null || month === undefined ? null : day(named[3]!, String(month), named[1]!);
}

/**
 * Parses a day followed by a time, such as `12.04.2026, 14:30` or `12 Apr 2026, 14:30:00`, into `YYYY-MM-DDTHH:mm`;
 * null if it is invalid.
 */
export function readTime(typed: string, language: Language): string | null {
  const parts = /^(.+?)(?:,?\s+|T)([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/.exec(typed.trim());
  const date = parts === null ? null : readDate(parts[1]!, language);
  return parts === null || date === null ? null : `${date}T${parts[2]!.padStart(2, '0')}:${parts[3]!}`;
}

/** @param date `YYYY-MM-DD` */
export const writeDate = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));

/** @param time local time as `YYYY-MM-DDTHH:mm` */
export const writeTime = (time: string, language: Language): string =>
  `${writeDate(time.slice(0, 10), language)}, ${time.slice(11, 16)}`;

function day(year: string, month: string, dayOfMonth: string): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date) ? date : null;
}

function monthOf(name: string, language: Language): number | undefined {
  const wanted = name.toLocaleLowerCase(LOCALES[language]);
  const names = (month: 'short' | 'long') => {
    const format = new Intl.DateTimeFormat(LOCALES[language], { month, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, index) =>
      format
        .format(Date.UTC(2000, index, 1))
        .replace('.', '')
        .toLocaleLowerCase(LOCALES[language]),
    );
  };
  const index = [names('short'), names('long')].map((list) => list.indexOf(wanted)).find((found) => found >= 0);
  return index === undefined ? undefined : index + 1;
}

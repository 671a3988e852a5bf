import { type Language, useWords } from './words';

const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

export interface Formats {
  /** cents as euros */
  readonly money: (cents: number) => string;
  readonly count: (number: number) => string;
  /** `YYYY-MM-DD`, or an instant, shown as its local day */
  readonly date: (day: string) => string;
  readonly time: (instant: string) => string;
  /** such as `2 min 5 s` */
  readonly duration: (seconds: number) => string;
}

/** Formats dates, times, money and counts in the language of the page. */
export function useFormats(): Formats {
  const { i18n } = useWords();
  const locale = LOCALES[i18n.language === 'en' ? 'en' : 'de'];
  return {
    money: (cents) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(cents / 100),
    count: (number) => new Intl.NumberFormat(locale).format(number),
    date: (day) => {
      // a calendar day has no time zone: parsed and formatted as UTC
      const isDay = day.length === 10;
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...(isDay ? { timeZone: 'UTC' } : {}) }).format(
        new Date(day),
      );
    },
    time: (instant) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant)),
    duration: (seconds) => {
      const whole = Math.ceil(seconds);
      const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
      if (hours > 0) return `${hours} h ${minutes} min`;
      return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
    },
  };
}

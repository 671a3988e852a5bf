import i18next, { type Resource } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { de } from './de';
import { en } from './en';
import type { Language } from './reading';

/** Nested texts by key. The compiler checks that every other language has the same keys as German. */
export interface Words {
  readonly [key: string]: string | Words;
}
export type SameWords<German> = {
  readonly [Key in keyof German]: German[Key] extends string ? string : SameWords<German[Key]>;
};

export type { Language };
export const LANGUAGES: readonly Language[] = ['de', 'en'];

const REMEMBERED = 'lethe.language';

/** Registers the texts of a page under its name. */
export function addWords<German extends Words>(page: string, german: German, english: SameWords<German>): void {
  i18next.addResourceBundle('de', page, german);
  i18next.addResourceBundle('en', page, english);
}

/** Starts in German, or in English if it was chosen in this browser before. */
export async function startWords(): Promise<void> {
  const resources: Resource = { de: { common: de }, en: { common: en } };
  await i18next.use(initReactI18next).init({
    resources,
    lng: localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'de',
    fallbackLng: false,
    defaultNS: 'common',
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** `t('…')` for the texts of a page, `t('common:…')` for the texts that all pages share. */
export const useWords = (page = 'common') => useTranslation([page, 'common']);

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'de');

/** Languages of the certificate as a PDF. The first is the default, the language of the shops. */
export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same text in each language. */
export type Words = Readonly<Record<Language, string>>;

import { germanDate } from './calendar';
import { type Customer, fullName, indexName } from './customer';
import type { RandomSource } from './random-source';

const TRANSCRIPTION: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
};

/** Replaces umlauts as in German transcription: `Müller` → `Mueller`. */
export function withoutUmlauts(text: string): string {
  return text.replace(/[äöüÄÖÜß]/g, (letter) => TRANSCRIPTION[letter] ?? letter);
}

export function asciiSlug(text: string): string {
  return withoutUmlauts(text)
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
}

const NAME_SPELLINGS: readonly ((customer: Customer) => string)[] = [
  fullName,
  indexName,
  (customer) => `${customer.salutation ?? 'Fa.'} ${shortName(customer)}`,
  (customer) => shortName(customer).toUpperCase(),
  (customer) => withoutUmlauts(fullName(customer)),
  (customer) => fullName(customer).normalize('NFD'),
];

const shortName = ({ lastName, companyName }: Customer): string => companyName ?? lastName ?? '';

/** The customer's name in one of six spellings used at the counter. */
export function nameAsTyped(random: RandomSource, customer: Customer): string {
  return random.one(NAME_SPELLINGS)(customer);
}

/** A fragment of free text that identifies the customer. */
export function traceOf(random: RandomSource, customer: Customer): string {
  const { phone, mobile, email, home, birthDate, memberNumber } = customer;
  const traces = [
    `für ${nameAsTyped(random, customer)}`,
    `Abholung ${nameAsTyped(random, customer)}`,
    phone && `Rückruf ${random.one([phone, phone.replace(/\D/g, '')])}`,
    mobile && `mobil ${mobile}`,
    email && `Mail an ${email}`,
    home &&
      `Lieferung ${random.one([home.street, home.street.replace(/str(?:aße|\.)/, 'strasse'), home.street.toUpperCase()])}`,
    birthDate && `geb. ${germanDate(birthDate)}`,
    `Vers.-Nr. ${memberNumber}`,
  ];
  return random.one(traces.filter((trace) => trace !== null));
}

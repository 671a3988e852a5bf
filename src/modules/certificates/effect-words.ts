import type { ModuleName, Treatment } from '../../kernel/personal-data';
import {
  BUSINESS_LETTER_PERIOD,
  MEDICAL_DEVICE_PERIOD,
  NAMED_NUMBER,
  RETENTION_PERIOD,
  STATISTICS,
  VOUCHER_PERIOD,
} from '../../kernel/retention';
import type { Language, Words } from './language';

/** Names of modules for readers of the certificate, in the order of the certificate. */
export const MODULE_WORDS = {
  customer: { de: 'Kunde', en: 'Customer' },
  selection: { de: 'Selektionen', en: 'Selections' },
  finance: { de: 'Rechnungen und Verträge', en: 'Invoices and contracts' },
  device: { de: 'Vorgänge und Geräte', en: 'Care cases and devices' },
  loyalty: { de: 'Kundenkarten und Kunden-Programme', en: 'Customer cards and loyalty programs' },
  archive: { de: 'Archiv', en: 'Archive' },
} as const satisfies Readonly<Partial<Record<ModuleName, Words>>>;

/** Names of the tables of customer records. */
export const TABLE_WORDS: Readonly<Record<string, Words>> = {
  customer: { de: 'Kundenstamm', en: 'Customer master record' },
  customer_search: { de: 'Eintrag in der Kundensuche', en: 'Entry in the customer search' },
  former_identity: { de: 'Frühere Namen', en: 'Former names' },
  address: { de: 'Anschriften', en: 'Addresses' },
  relationship: { de: 'Verwandtschaftsbeziehungen', en: 'Relationships' },
  cost_bearer_membership: { de: 'Kostenträgermitgliedschaften', en: 'Cost bearer memberships' },
  health_insurance_card: { de: 'Krankenkassenkarten', en: 'Health insurance cards' },
  marketing_consent: { de: 'Einwilligungen in Werbung', en: 'Consents to advertising' },
  legal_hold: { de: 'Löschsperren', en: 'Legal holds' },
  selection_member: { de: 'Einträge in gespeicherten Selektionen', en: 'Entries in saved selections' },
  bank_account: { de: 'Bankverbindungen', en: 'Bank accounts' },
  invoice: { de: 'Rechnungen und Gutschriften', en: 'Invoices and credit notes' },
  invoice_line: { de: 'Positionen der Rechnungen und Gutschriften', en: 'Lines of invoices and credit notes' },
  payment: { de: 'Zahlungen', en: 'Payments' },
  quote: { de: 'Angebote', en: 'Quotes' },
  receipt: { de: 'Kassenbons', en: 'Till receipts' },
  service_contract: { de: 'Service-Verträge', en: 'Service contracts' },
  care_case: { de: 'Vorgänge', en: 'Care cases' },
  device_loan: { de: 'Probe- und Leihgeräte', en: 'Trial and loaner devices' },
  stock_item: { de: 'Artikelpositionen im Lager, Eigengeräte', en: 'Stock items, devices the customer owns' },
  program_enrollment: { de: 'Teilnahmen an Kunden-Programmen', en: 'Enrollments in loyalty programs' },
  loyalty_transaction: { de: 'Buchungen in Kunden-Programmen', en: 'Transactions in loyalty programs' },
  customer_card: { de: 'Kundenkarten', en: 'Customer cards' },
  archive_document: { de: 'Dokumente', en: 'Documents' },
  archive_key: { de: 'Schlüssel der Dokumente', en: 'Keys of the documents' },
};

interface TreatmentWords {
  readonly name: Words;
  readonly meaning: Words;
}

export const TREATMENT_WORDS: Readonly<Record<Treatment, TreatmentWords>> = {
  ERASE_ROWS: {
    name: { de: 'gelöscht', en: 'deleted' },
    meaning: { de: 'Der ganze Datensatz ist gelöscht.', en: 'The whole record is deleted.' },
  },
  ERASE: {
    name: { de: 'Felder geleert', en: 'fields cleared' },
    meaning: {
      de: 'Der Datensatz bleibt, die personenbezogenen Felder sind leer.',
      en: 'The record is kept; its personal fields are cleared.',
    },
  },
  REPLACE: {
    name: { de: 'Felder ersetzt', en: 'fields replaced' },
    meaning: {
      de:
        'Der Datensatz bleibt, an der Stelle des früheren Inhalts steht der Vermerk der Anonymisierung oder ein ' +
        'fester Wert.',
      en: 'The record is kept; the label of the anonymization or a fixed value replaces the personal data.',
    },
  },
  REDACT: {
    name: { de: 'Text geschwärzt', en: 'text redacted' },
    meaning: {
      de: 'Der Text bleibt, die Namen, Nummern und anderen Kennzeichen des Kunden sind durch „[anonymisiert]“ ersetzt.',
      en: "The text is kept; “[anonymisiert]” replaces the customer's names, numbers and other identifiers.",
    },
  },
  SEAL: {
    name: { de: 'versiegelt', en: 'sealed' },
    meaning: {
      de:
        'Der Inhalt ist verschlüsselt und nur mit einem getrennt verwahrten Schlüssel lesbar. Er bleibt bis zum ' +
        'Ende der Frist personenbezogen, seine Verarbeitung ist eingeschränkt.',
      en:
        'The content is encrypted and readable only with a key that is stored separately. It remains personal data, ' +
        'with restricted processing, until its retention period ends.',
    },
  },
  KEEP: {
    name: { de: 'aufbewahrt', en: 'kept' },
    meaning: {
      de:
        'Was nicht geleert, ersetzt, geschwärzt oder versiegelt ist, bleibt auf der genannten Grundlage: Nummern, ' +
        'Daten, Beträge und Zustände.',
      en:
        'Data that is not cleared, replaced, redacted or sealed is kept on the stated ground: numbers, dates, amounts ' +
        'and states.',
    },
  },
};

/** German translations of the legal grounds in the data map and the log. */
const GERMAN_GROUNDS: Readonly<Record<string, string>> = {
  [VOUCHER_PERIOD]: '§ 147 AO, § 14b UStG: 8 Jahre ab dem Ende des Kalenderjahres',
  [BUSINESS_LETTER_PERIOD]: '§ 147 AO, § 257 HGB: 6 Jahre ab dem Ende des Kalenderjahres',
  [MEDICAL_DEVICE_PERIOD]: '§ 9 MPDG: 10 Jahre, Rückverfolgbarkeit von Medizinprodukten',
  [RETENTION_PERIOD]: 'gesetzliche Frist der Aufbewahrungsklasse',
  [STATISTICS]: 'Statistik, nicht mehr zuzuordnen, sobald der letzte Buchungsbeleg gelöscht ist',
  [NAMED_NUMBER]: 'Nummer, die mit einem persönlichen Wert vergeben wurde (§ 146 Abs. 4 AO)',
  statistics: 'Statistik',
  'statistics per branch': 'Statistik je Filiale',
  'statistics per cost bearer': 'Statistik je Kostenträger',
  'printed on vouchers, tells stubs apart': 'steht auf Buchungsbelegen, unterscheidet die verbliebenen Datensätze',
  'not traceable once the last voucher is purged':
    'nicht mehr zuzuordnen, sobald der letzte Buchungsbeleg gelöscht ist',
  'Art. 5(2) GDPR: accountability for holds': 'Art. 5 Abs. 2 DSGVO: Rechenschaft über Löschsperren',
};

/** Falls back to the name in the log when it has no translation, such as the name of a dropped table. */
export const wordsFor = (words: Readonly<Record<string, Words>>, name: string, language: Language): string =>
  words[name]?.[language] ?? name;

/** @param reason legal grounds of an effect, joined as in the log */
export const groundsIn = (reason: string, language: Language): string =>
  language === 'en'
    ? reason
    : reason
        .split('; ')
        .map((ground) => GERMAN_GROUNDS[ground] ?? ground)
        .join('; ');

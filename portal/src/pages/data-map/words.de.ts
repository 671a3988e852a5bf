import type { Category, KeepingTreatment, Treatment } from '../../api/codes';

export const de = {
  title: 'Datenlandkarte',
  lead:
    'Jedes Feld der Datenbank, was die Anonymisierung damit macht und warum. Vorschau, Löschung und Nachweis ' +
    'richten sich danach.',
  module: 'Bereich',
  treatment: 'Bei der Anonymisierung',
  text: 'Tabelle oder Feld',
  all: 'Alle',
  shown: '{{columns}} {{tables}}',
  columns_one: '{{count}} Feld',
  columns_other: '{{count}} Felder',
  ofTables_one: 'in {{count}} Tabelle',
  ofTables_other: 'in {{count}} Tabellen',
  column: 'Feld',
  category: 'Art der Daten',
  reason: 'Grund',
  rows: {
    ALL: 'Alle Datensätze des Kunden werden gelöscht',
    SOME: 'Einige Datensätze des Kunden werden gelöscht',
    NONE: 'Die Datensätze des Kunden bleiben, soweit unten nichts anderes angegeben ist',
  },
  rules: {
    ABOUT_CUSTOMER: 'Enthält nur Kennungen von Kunden',
    NO_CUSTOMER_DATA: 'Enthält keine Kundendaten',
  },
  categories: {
    IDENTITY: 'Identität',
    CONTACT: 'Kontakt',
    HEALTH: 'Gesundheit',
    FINANCE: 'Finanzen',
    FREE_TEXT: 'Freitext',
    CONTENT: 'Inhalt',
    RECORD: 'Geschäftsdaten',
    NOT_PERSONAL: 'Nicht personenbezogen',
  } satisfies Record<Category, string>,
  treatments: {
    ERASE_ROWS: 'mit dem Datensatz gelöscht',
    ERASE: 'geleert',
    REPLACE: 'durch eine feste Angabe ersetzt',
    REDACT: 'geschwärzt',
    SEAL: 'versiegelt',
    KEEP: 'bleibt erhalten',
  } satisfies Record<Treatment, string>,
  keptAs: { KEEP: 'Bleiben', REDACT: 'Bleiben geschwärzt', SEAL: 'Bleiben versiegelt' } satisfies Record<
    KeepingTreatment,
    string
  >,
  processing: {
    title: 'Verzeichnis der Verarbeitungstätigkeiten',
    lead: 'Art. 30 DSGVO, soweit das Produkt es angeben kann; aus der Datenlandkarte erzeugt.',
    purposes: 'Zwecke',
    subjects: 'Betroffene Personen',
    categories: 'Kategorien von Daten und was bei der Anonymisierung mit ihnen geschieht',
    categoriesOf: 'Kategorien von Daten: {{module}}',
    erasedFrom: 'Gelöscht aus',
    kept: 'Was bleibt und warum',
    otherTables: 'Weitere Tabellen ohne Werte von Kunden',
    recipients: 'Empfänger außerhalb des Produkts',
    nobody: 'Keine.',
    security: 'Technische und organisatorische Maßnahmen (Art. 32 DSGVO)',
    controller: 'Vom Verantwortlichen zu ergänzen',
    controllerWhat: 'Weitere Angaben nach Art. 30 Abs. 1 DSGVO, die das Produkt nicht kennt:',
  },
};

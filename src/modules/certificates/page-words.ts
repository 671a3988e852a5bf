import type { Reason } from '../anonymization';
import type { Words } from './language';
import type { ReceiptAction } from './receipt';

/** The texts of the certificate, except the effects. */
export const PAGE_WORDS = {
  title: { de: 'Nachweis einer Anonymisierung', en: 'Erasure certificate' },
  subtitle: {
    de: 'Zur Rechenschaft nach Art. 5 Abs. 2 DSGVO. Von der Person nennt er nur Kundennummer und Kennung.',
    en: 'For accountability under Art. 5(2) GDPR. It identifies the person by customer number and id only.',
  },
  customerNumber: { de: 'Kundennummer', en: 'Customer number' },
  customerId: { de: 'Kennung des Kunden', en: 'Customer id' },
  anonymizedAt: { de: 'Anonymisiert am', en: 'Anonymized on' },
  label: { de: 'Vermerk am Datensatz', en: 'Label on the record' },
  actor: { de: 'Kennung des Mitarbeiters', en: 'Employee id' },
  reason: { de: 'Anlass', en: 'Reason' },
  reference: { de: 'Aktenzeichen', en: 'Reference' },
  run: { de: 'Kennung des Laufs', en: 'Run id' },
  issuedAt: { de: 'Nachweis ausgestellt am', en: 'Certificate issued on' },

  effects: { de: 'Was geschehen ist', en: 'What was done' },
  effectsNote: {
    de: 'Ein Datensatz kann in mehreren Zeilen zählen, etwa wenn einzelne Felder geleert und andere aufbewahrt werden.',
    en: 'A record may be counted in several lines, for example if some of its fields are cleared and others are kept.',
  },
  table: { de: 'Daten', en: 'Data' },
  treatment: { de: 'Behandlung', en: 'Treatment' },
  rows: { de: 'Anzahl', en: 'Count' },
  ground: { de: 'Rechtsgrundlage oder Zweck', en: 'Legal ground or purpose' },
  legend: { de: 'Bedeutung', en: 'Legend' },

  entries: { de: 'Einträge im Protokoll', en: 'Entries in the audit log' },
  sequence: { de: 'Nr.', en: 'No.' },
  entry: { de: 'Eintrag', en: 'Entry' },
  occurredAt: { de: 'Zeitpunkt', en: 'Time' },
  leafHash: { de: 'Prüfsumme (SHA-256, Base64)', en: 'Leaf hash (SHA-256, base64)' },

  checkpoint: { de: 'Signierter Stand des Protokolls', en: 'Signed checkpoint of the log' },
  verifierKeys: { de: 'Öffentliche Schlüssel des Protokolls', en: 'Public keys of the log' },

  check: { de: 'So wird der Nachweis geprüft', en: 'How to verify this certificate' },
  attachment: {
    de:
      'Die maschinenlesbare Fassung liegt diesem Dokument als Anhang „anonymization-receipt.json“ bei. Sie enthält ' +
      'die Einträge Zeichen für Zeichen und zu jedem den Beweis, dass der signierte Stand ihn umfasst. Dieser ' +
      'Befehl prüft sie ohne Netz und ohne Datenbank:',
    en:
      'The machine-readable version is attached to this document as “anonymization-receipt.json”. It contains ' +
      'the exact entries and, for each, the proof that the signed checkpoint covers it. This command verifies it ' +
      'without network or database:',
  },
  trust: {
    de:
      'Geprüft wird gegen einen öffentlichen Schlüssel, der getrennt von diesem Nachweis verwahrt wird; die hier ' +
      'abgedruckten sind nur zum Vergleich.',
    en: 'Verify it with a public key from another source; the keys printed here are for comparison only.',
  },
  page: { de: 'Seite', en: 'Page' },
  of: { de: 'von', en: 'of' },
} as const satisfies Readonly<Record<string, Words>>;

export const REASON_WORDS: Readonly<Record<Reason, Words>> = {
  ERASURE_REQUEST: { de: 'Verlangen nach Löschung (Art. 17 DSGVO)', en: 'Request for erasure (Art. 17 GDPR)' },
  CONSENT_WITHDRAWN: { de: 'Einwilligung widerrufen', en: 'Consent withdrawn' },
  RETENTION_EXPIRED: { de: 'Frist der Aufbewahrung abgelaufen', en: 'Retention period expired' },
  WRONG_ENTRY: { de: 'Irrtümlich angelegt', en: 'Entered by mistake' },
  OTHER: { de: 'Anderer Anlass', en: 'Other' },
};

export const ACTION_WORDS: Readonly<Record<ReceiptAction, Words>> = {
  CUSTOMER_DATA_ANONYMIZED: { de: 'anonymisiert', en: 'anonymized' },
  ERASURE_REPLAYED: { de: 'nach einer Wiederherstellung wiederholt', en: 'repeated after a restore' },
  ERASURE_REAPPLIED: { de: 'nach neuerer Einstufung der Daten ergänzt', en: 'extended by a newer data map' },
  DATA_MAP_IN_FORCE: { de: 'Geltende Einstufung der Daten', en: 'Data map in force' },
};

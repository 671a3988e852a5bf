import type { ModuleName } from '../../../kernel/personal-data';

/** Information about a module that is not in the data map: its purposes and data subjects. */
export interface Activity {
  readonly purposes: readonly string[];
  readonly dataSubjects: readonly string[];
}

const CUSTOMERS = 'customers';
const STAFF = 'employees';

/** Null for modules without personal data. */
export const ACTIVITIES: Readonly<Record<ModuleName, Activity | null>> = {
  customer: {
    purposes: ['master data of customers and their cost bearers', 'consents to advertising', 'legal holds'],
    dataSubjects: [CUSTOMERS, 'main insured persons, physicians, card holders and addressees named in a record'],
  },
  finance: {
    purposes: ['quotes, invoices, payments and till receipts', 'service contracts'],
    dataSubjects: [CUSTOMERS, 'payers, recipients and account holders named in a record'],
  },
  device: {
    purposes: ['care cases', 'trial and loaner devices', 'traceability of medical devices'],
    dataSubjects: [CUSTOMERS],
  },
  loyalty: { purposes: ['customer cards and loyalty programs'], dataSubjects: [CUSTOMERS] },
  archive: {
    purposes: [
      'documents that were printed for customers or scanned',
      'sealed documents that the law requires to be kept',
    ],
    dataSubjects: [CUSTOMERS, 'persons named in a document'],
  },
  selection: { purposes: ['saved lists of customers'], dataSubjects: [CUSTOMERS] },
  anonymization: {
    purposes: ['anonymization of customers, with a proof for each'],
    dataSubjects: [CUSTOMERS, STAFF],
  },
  audit: { purposes: ['accountability: who did what, and when'], dataSubjects: [CUSTOMERS, STAFF] },
  employee: { purposes: ['logins and permissions'], dataSubjects: [STAFF] },
  branch: null,
  platform: null,
};

/** Measures for the security of the data (Art. 32 GDPR), in general terms. */
export const SECURITY_MEASURES: readonly string[] = [
  'permissions by role, denied by default; every refusal is audited',
  'archived documents are encrypted, with a key for each customer and retention class',
  'documents that are retained after an anonymization are sealed to a key that is kept offline',
  'the database refuses every change to an anonymized customer',
  'an append-only audit log, with signed checkpoints outside of the database',
  'no personal values of customers in logs, error messages, URLs or metrics',
];

/** Information required by Art. 30(1) GDPR that the product cannot provide. */
export const LEFT_TO_THE_CONTROLLER: readonly string[] = [
  'name and contact details of the controller and of the data protection officer',
  'recipients of data outside of the product, and transfers to third countries',
];

import type { BusinessDate } from './business-date';

export const RETENTION_CLASSES = ['NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];
export type StatutoryClass = Exclude<RetentionClass, 'NONE'>;

/** Legal ground for keeping a record, with its period. Every period starts at the end of a calendar year. */
export interface Ground {
  readonly retentionClass: StatutoryClass;
  readonly years: number;
  /** the ground, as shown in the data map and in the effects of an anonymization */
  readonly reason: string;
  /** The identifying data that the ground requires. It is kept in a sealed copy of the record. */
  readonly asksFor: 'NAME' | 'NAME_AND_BIRTH_DATE';
}

export const GROUNDS: Readonly<Record<StatutoryClass, Ground>> = {
  VOUCHER: {
    retentionClass: 'VOUCHER',
    years: 8,
    reason: '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year',
    asksFor: 'NAME',
  },
  BUSINESS_LETTER: {
    retentionClass: 'BUSINESS_LETTER',
    years: 6,
    reason: '§ 147 AO, § 257 HGB: 6 years from the end of the calendar year',
    asksFor: 'NAME',
  },
  MEDICAL_DEVICE: {
    retentionClass: 'MEDICAL_DEVICE',
    years: 10,
    reason: '§ 9 MPDG: 10 years, traceability of medical devices',
    asksFor: 'NAME_AND_BIRTH_DATE',
  },
};

/** Legal grounds, as shown in the data map and in the effects of an anonymization. */
export const VOUCHER_PERIOD = GROUNDS.VOUCHER.reason;
export const BUSINESS_LETTER_PERIOD = GROUNDS.BUSINESS_LETTER.reason;
export const MEDICAL_DEVICE_PERIOD = GROUNDS.MEDICAL_DEVICE.reason;
export const RETENTION_PERIOD = 'statutory period of the retention class';
/** The reason for keeping a number that names its customer, followed by the ground of the column. */
export const NAMED_NUMBER = 'number that was given out with a personal value in it (§ 146(4) AO)';
export const STATISTICS = 'statistics, not traceable once the last voucher is purged';

/** The last day on which a document must be kept; null when there is no such obligation. */
export function retentionUntil(retentionClass: RetentionClass, createdOn: BusinessDate): BusinessDate | null {
  if (retentionClass === 'NONE') return null;
  return `${Number(createdOn.slice(0, 4)) + GROUNDS[retentionClass].years}-12-31`;
}

/** The calendar year whose end started the period; the inverse of {@link retentionUntil}. */
export const yearKept = (retentionClass: StatutoryClass, until: BusinessDate): number =>
  Number(until.slice(0, until.indexOf('-', 1))) - GROUNDS[retentionClass].years;

import type { BusinessDate } from './business-date';

/** Legal grounds, as they stand in the data map and in the effects of an anonymization. */
export const VOUCHER_PERIOD = '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year';
export const BUSINESS_LETTER_PERIOD = '§ 147 AO, § 257 HGB: 6 years from the end of the calendar year';
export const MEDICAL_DEVICE_PERIOD = '§ 9 MPDG: 10 years, traceability of medical devices';
export const RETENTION_PERIOD = 'statutory period of the retention class';
/** Why a number stays that names its customer, before the ground of its column. */
export const NAMED_NUMBER = 'number that was given out with a personal value in it (§ 146(4) AO)';
export const STATISTICS = 'statistics, not traceable once the last voucher is purged';

export const RETENTION_CLASSES = ['NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** Years from the end of the calendar year in which the document was made; none for `NONE`. */
export const RETENTION_YEARS: Record<Exclude<RetentionClass, 'NONE'>, number> = {
  BUSINESS_LETTER: 6,
  VOUCHER: 8,
  MEDICAL_DEVICE: 10,
};

/** The last day on which a document must be kept, or null when nobody must keep it. */
export function retentionUntil(retentionClass: RetentionClass, createdOn: BusinessDate): BusinessDate | null {
  if (retentionClass === 'NONE') return null;
  return `${Number(createdOn.slice(0, 4)) + RETENTION_YEARS[retentionClass]}-12-31`;
}

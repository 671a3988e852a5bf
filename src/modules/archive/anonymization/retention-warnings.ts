import type { WarningCode } from '../../../kernel/blocker';
import type { StatutoryClass } from '../../../kernel/retention';

/** The warning about documents and copies that stay sealed, by their retention class. */
export const RETENTION_WARNINGS = {
  VOUCHER: 'FISCAL_RETENTION',
  BUSINESS_LETTER: 'FISCAL_RETENTION',
  MEDICAL_DEVICE: 'DEVICE_RETENTION',
} as const satisfies Readonly<Record<StatutoryClass, WarningCode>>;
export type RetentionWarning = (typeof RETENTION_WARNINGS)[StatutoryClass];

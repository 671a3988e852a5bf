import { isBusinessDate } from './business-date';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):?[0-5]\d)$/;

/**
 * Whether the text is an ISO 8601 instant with offset, on a day that exists. The year 0 exists neither in history nor
 * in PostgreSQL.
 */
export function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isBusinessDate(day) && !day.startsWith('0000');
}

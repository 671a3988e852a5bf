/** A calendar date without time, `YYYY-MM-DD`. */
export type BusinessDate = string;

/** The calendar date of an instant in a time zone. A shop's day does not end at midnight UTC. */
export function businessDateOf(instant: Date, timeZone: string): BusinessDate {
  // sv-SE formats dates as ISO 8601
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** Whether the text is a date that exists in the calendar; `2024-02-30` does not. */
export function isBusinessDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The date `days` days later. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  const later = new Date(`${date}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}

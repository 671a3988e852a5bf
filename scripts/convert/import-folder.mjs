import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';

/** Returns the source and target folders of a conversion, or exits with the usage. */
export function foldersOf(name, source) {
  const [from, to, ...more] = process.argv.slice(2);
  if (to === undefined || more.length > 0) {
    process.stderr.write(
      `Usage: node scripts/convert/${name}.mjs SOURCE FOLDER\n\n  SOURCE  ${source}\n  FOLDER  the import folder to write\n`,
    );
    process.exit(2);
  }
  return [resolve(from), resolve(to)];
}

/**
 * Writes an import folder and prints the number of rows of each file; a table is a list of objects with the same keys.
 */
export function writeImportFolder(folder, tables) {
  mkdirSync(folder, { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    writeFileSync(join(folder, `${name}.csv`), stringify(rows, { header: true, columns: Object.keys(rows[0] ?? {}) }));
    console.log(`${name}.csv: ${rows.length}`);
  }
}

/**
 * Shifts days by whole years, so that the latest one is two years ago: vouchers that must be sealed, and none that is
 * recent.
 */
export function shiftOf(days) {
  const latest = Math.max(...days.map((day) => Number(day.slice(0, 4))));
  const years = new Date().getFullYear() - 2 - latest;
  return (day) => `${Number(day.slice(0, 4)) + years}${day.slice(4, 10)}`.replace('-02-29', '-02-28');
}

/** The day two weeks later. */
export function paidOn(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 14);
  return date.toISOString().slice(0, 10);
}

export const euros = (cents) => (cents / 100).toFixed(2);

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { CANARY } from '../support/canary';
import { sightingsOf } from '../support/sightings';
import { searchSinks } from '../support/sink-search';

const MEGABYTE = 1024 * 1024;

describe('sightings', () => {
  const text = 'Müßigmann Qüx';

  it.each([
    ['raw', text],
    ['raw', text.toUpperCase().replace('SS', 'ß')],
    ['URL', encodeURIComponent(text)],
    ['JSON', JSON.stringify({ text: 'Quote "x"' })],
    ['hex', Buffer.from(`before ${text}`).toString('hex')],
    ['UTF-16', Buffer.from(`before ${text}`, 'utf16le').toString('latin1')],
    ['base64', Buffer.from(text).toString('base64')],
    ['base64', Buffer.from(`1${text} and more`).toString('base64')],
    ['base64', Buffer.from(`12${text}`).toString('base64')],
    ['base64', Buffer.from(text.toLowerCase()).toString('base64')],
  ])('finds a text as %s', (form, sink) => {
    const seen = sightingsOf(form === 'JSON' ? ['Quote "x"'] : [text], sink);
    expect(seen.some((sighting) => sighting.endsWith(form))).toBe(true);
  });

  it('finds nothing if there is nothing', () => {
    expect(sightingsOf([text], `Muessigmann ${Buffer.from('somebody else').toString('base64')}`)).toEqual([]);
  });
});

describe('the search of the sinks', () => {
  let folder: string;
  const sink = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lethe-sinks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['raw', CANARY],
    ['raw', `mail${CANARY.toLowerCase()}17@example.org`],
    ['raw', encodeURIComponent(`${CANARY} & Söhne`)],
    ['hex', Buffer.from(CANARY).toString('hex')],
    ['UTF-16', Buffer.from(CANARY, 'utf16le')],
    ['base64', Buffer.from(CANARY).toString('base64')],
    ['base64', Buffer.from(`1${CANARY}`).toString('base64')],
    ['base64', Buffer.from(`12${CANARY}`).toString('base64')],
  ])('finds the canary as %s, within a line, and names file and form', (form, planted) => {
    sink(
      'error-bodies-1.txt',
      Buffer.concat([Buffer.from('{"detail": "Frau '), Buffer.from(planted), Buffer.from(' 4711"}')]),
    );
    expect(problemsOf(folder)).toContain(`error-bodies-1.txt: ${CANARY} as ${form}`);
    expect(problemsOf(folder)).not.toMatch(/Frau|4711/);
  });

  it('finds it anywhere in a large file', () => {
    const word = Buffer.from(CANARY, 'utf16le');
    for (const at of [8 * MEGABYTE - 5, 8 * MEGABYTE - 256, 16 * MEGABYTE - 262, 17 * MEGABYTE - word.length]) {
      const large = Buffer.alloc(17 * MEGABYTE, '.');
      word.copy(large, at);
      sink('application-log-1.txt', large);
      expect(problemsOf(folder)).toContain('application-log-1.txt');
    }
  });

  it('passes if no sink contains personal data', () => {
    for (const name of ['applications', 'application-log', 'database', 'metrics', 'statements', 'ledger'])
      sink(`${name}-1.txt`, 'K-1');
    expect(problemsOf(folder)).toBe('');
  });

  it('fails if nothing was recorded although an application ran', () => {
    sink('applications-1.txt', 'test_1');
    sink('database-1.txt', 'audit.entry');
    sink('metrics-1.txt', '');
    for (const name of ['application-log', 'metrics', 'statements', 'ledger'])
      expect(problemsOf(folder)).toContain(`${name}: nothing was written down`);
    expect(problemsOf(folder)).not.toContain('database: ');
  });

  it('includes the product’s log at every level, whatever its configuration', () => {
    const lines: string[] = [];
    const previous = process.env.LETHE_TEST_SINKS;
    process.env.LETHE_TEST_SINKS = folder;
    pino({ level: 'silent' }, { write: (line) => lines.push(line) }).debug('whispered');
    pino({ level: 'info' }, { write: (line) => lines.push(line) }).error('shouted');
    process.env.LETHE_TEST_SINKS = previous;
    expect(readFileSync(join(folder, `application-log-${process.pid}.txt`), 'utf8')).toMatch(/whispered[^]*shouted/);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['shouted']);
  });
});

function problemsOf(folder: string): string {
  try {
    searchSinks(folder);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

import { type Identifier, Redactor } from '../../src/libraries/redaction';

const TEXT = 2_000;
const TEXTS = 12;
const fill = (piece: string, length = TEXT) =>
  piece
    .repeat(Math.ceil(length / piece.length))
    .slice(0, length)
    .trim();

const ordinary: Identifier[] = [
  { kind: 'FIRST_NAME', value: 'Hans-Peter' },
  { kind: 'LAST_NAME', value: 'von der Heide' },
  { kind: 'EMAIL', value: 'hans@web.example' },
  { kind: 'PHONE', value: '0711 482133' },
  { kind: 'STREET', value: 'Lindenstraße 12' },
  { kind: 'NUMBER', value: 'M123456789' },
];
const ORDINARY_TEXT = fill(
  'Otoplastik für Hans-Peter von der Heide, Lindenstr. 12, Tel. 0711/482133. Batterien 312, 6 Stück. ',
);

const ones = (kind: Identifier['kind'], piece: string): Identifier[] =>
  Array.from({ length: 100 }, (_, length) => ({ kind, value: fill(piece, 6 + length) }));

const HOSTILE: readonly (readonly [name: string, identifiers: readonly Identifier[], text: string])[] = [
  [
    'names, company, note and phone of single letters',
    [
      { kind: 'FIRST_NAME', value: fill('a ', 199) },
      { kind: 'BIRTH_NAME', value: fill('a ', 199) },
      { kind: 'LAST_NAME', value: fill('a-', 199) },
      { kind: 'COMPANY_NAME', value: fill('a-', 199) },
      { kind: 'NOTE', value: fill('a ') },
      { kind: 'PHONE', value: '1'.repeat(100) },
    ],
    fill('a '),
  ],
  ['many long names of one word', ones('LAST_NAME', 'ab '), fill('ab ')],
  ['many companies', ones('COMPANY_NAME', 'ab cd '), fill('ab cd ')],
  ['many copied names', ones('COPIED_NAME', 'ab '), fill('ab ')],
  ['many numbers', ones('NUMBER', '11'), fill('1 ')],
  ['many phones', ones('PHONE', '1'), fill('1,1 ')],
  [
    'many e-mail addresses',
    ones('EMAIL', 'a@').map(({ kind, value }) => ({ kind, value: `${value}b.de` })),
    fill('a.b@b.de+'),
  ],
  ['many first and last names', [...ones('FIRST_NAME', 'ก'), ...ones('LAST_NAME', 'ก')], fill('ก')],
  ['one long word', [...ones('FIRST_NAME', 'ab'), ...ones('LAST_NAME', 'ba')], fill('ab')],
  ['streets', ones('STREET', 'a 1 '), fill('a 1 ')],
];

/** Values whose matches begin everywhere in a text of their pieces, and almost never complete. */
const begun: Identifier[] = [
  { kind: 'FIRST_NAME', value: 'Hans' },
  { kind: 'LAST_NAME', value: 'Klein' },
  { kind: 'FIRST_NAME', value: 'Anna Maria' },
  { kind: 'LAST_NAME', value: 'von der Heide' },
  { kind: 'COMPANY_NAME', value: 'klein '.repeat(20) },
  { kind: 'NUMBER', value: '1'.repeat(20) },
];
const PIECES = ['1 ', 'klein ', 'hans klein ', 'a\u00ad', 'von der ', 'Hans, ', ' ', '(', '['];

/** Processor time for several texts, with the values compiled once. */
function cost(identifiers: readonly Identifier[], text: string): number {
  const redactor = new Redactor(identifiers);
  redactor.redact(text);
  const before = process.cpuUsage();
  for (let index = 0; index < TEXTS; index++) redactor.redact(`${text} ${index}`);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const median = (figures: number[]) => figures.sort((a, b) => a - b)[figures.length >> 1]!;

describe('the cost of redaction', () => {
  const timesOrdinary = (identifiers: readonly Identifier[], text: string): number => {
    cost(ordinary, ORDINARY_TEXT);
    return median(Array.from({ length: 5 }, () => cost(identifiers, text) / cost(ordinary, ORDINARY_TEXT)));
  };

  it.each(HOSTILE)('is at most ten times that of ordinary texts of the same length: %s', (_, identifiers, text) => {
    expect(timesOrdinary(identifiers, text)).toBeLessThan(10);
  });

  it.each(PIECES)('is at most ten times that of ordinary texts, for a text of repeated "%s"', (piece) => {
    expect(timesOrdinary(begun, piece.repeat(TEXT / piece.length))).toBeLessThan(10);
  });
});

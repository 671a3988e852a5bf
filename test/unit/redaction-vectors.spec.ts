import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Identifier,
  type IdentifierKind,
  joinedNames,
  phoneForm,
  Redactor,
  valuesIn,
} from '../../src/libraries/redaction';
import cells from '../../src/libraries/redaction/vectors/cells.json';
import names from '../../src/libraries/redaction/vectors/names.json';
import negatives from '../../src/libraries/redaction/vectors/negatives.json';
import phones from '../../src/libraries/redaction/vectors/phones.json';

describe('the vectors of the redaction library', () => {
  it.each(phones)('phones: $stored', ({ stored, forms }) => {
    const found = valuesIn('PHONE', stored).flatMap(({ kind, value }) => (kind === 'PHONE' ? [phoneForm(value)] : []));
    expect(found.sort()).toEqual([...forms].sort());
  });

  it.each(names)('names: $first | $last', ({ first, last, together }) => {
    expect(joinedNames(first, last)).toEqual(together);
  });

  it.each(cells)('cells: $kind $cell', ({ kind, cell, values }) => {
    expect(valuesIn(kind as IdentifierKind, cell).map((found) => `${found.kind} ${found.value}`)).toEqual(values);
  });

  it.each(cells.filter(({ values }) => values.length > 0))('a value is also a cell: $kind $cell', (vector) => {
    for (const { kind, value } of valuesIn(vector.kind as IdentifierKind, vector.cell))
      expect(valuesIn(kind, value)).toContainEqual({ kind, value });
  });

  it.each(negatives)('unchanged: $text', ({ cells: own, text }) => {
    expect(new Redactor(own as Identifier[]).redact(text)).toBe(text);
  });

  it('the example of the README prints its results', () => {
    const readme = readFileSync(join(__dirname, '../../src/libraries/redaction/README.md'), 'utf8');
    const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
    const [, setup = '', calls = ''] = /^import[^\n]*\n\n([^]*?;\n)\n([^]*)$/.exec(example) ?? [];
    const lines = calls
      .trim()
      .split('\n')
      .map((line) => /^(.*); \/\/ (.*)$/.exec(line)!);
    const body = `${setup.replaceAll(' as const', '')} return [${lines.map(([, call, result]) => `[${call}, ${result}]`).join(', ')}];`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the example is ours
    const results: unknown[][] = new Function('joinedNames', 'phoneForm', 'Redactor', 'valuesIn', body)(
      ...[joinedNames, phoneForm, Redactor, valuesIn],
    );
    expect(results).toHaveLength(4);
    for (const [actual, expected] of results) expect(actual).toEqual(expected);
  });
});

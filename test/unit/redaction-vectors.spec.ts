import { type IdentifierKind, joinedNames, phoneForm, valuesIn } from '../../src/libraries/redaction';
import cells from '../../src/libraries/redaction/vectors/cells.json';
import names from '../../src/libraries/redaction/vectors/names.json';
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

  it.each(cells.filter(({ values }) => values.length > 0))('a value is a cell of its own: $kind $cell', (vector) => {
    for (const { kind, value } of valuesIn(vector.kind as IdentifierKind, vector.cell))
      expect(valuesIn(kind, value)).toContainEqual({ kind, value });
  });
});

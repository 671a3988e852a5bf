import { readScanValues } from '../../src/cli/scan-values';

const A = '01a2098e-a874-7000-8000-00000000000a';
const B = '01a2098e-a874-7000-8000-00000000000b';

describe('the values for npm run erasure:scan', () => {
  const read = (...lines: readonly string[]) => {
    const values = readScanValues(lines.join('\n'));
    return typeof values === 'number' ? values : Object.fromEntries(values);
  };

  it('come as CSV, with or without a header, a customer on one line or on several', () => {
    expect(
      read('customerId,email,street', `${A},a@example.org,"Weg 1, Hof"`, `${B},,`, `${A},0711 123456`, ''),
    ).toEqual({
      [A]: ['a@example.org', 'Weg 1, Hof', '0711 123456'],
      [B]: [],
    });
    expect(read(`${A.toUpperCase()},x`)).toEqual({ [A]: ['x'] });
  });

  it('come as JSON lines, under any names', () => {
    expect(
      read(JSON.stringify({ email: 'a@example.org', customerId: A, phones: ['1', 2], gone: null, born: {} }), ''),
    ).toEqual({ [A]: ['a@example.org', '1', '2'] });
  });

  it.each<readonly [string, number, readonly string[]]>([
    ['a customer number in place of an id', 2, [`${A},x`, 'K-1,x']],
    ['JSON without an id, also on the first line', 1, ['{"email": "a@example.org"}']],
    ['broken JSON', 2, [JSON.stringify({ customerId: A }), '{"customerId":']],
    ['JSON that is no record', 2, [JSON.stringify({ customerId: A }), '7']],
    ['an open quote', 2, [`${A},x`, `${B},"x`]],
  ])('are refused by the number of the record: %s', (_, record, lines) => {
    expect(read(...lines)).toBe(record);
  });
});

import { readScanValues } from '../../src/cli/scan-values';

const A = '01a2098e-a874-7000-8000-00000000000a';
const B = '01a2098e-a874-7000-8000-00000000000b';

describe('the values for npm run erasure:scan', () => {
  const read = (...lines: readonly string[]) => {
    const values = readScanValues(lines.join('\n'));
    if (typeof values === 'number') return values;
    return Object.fromEntries(
      [...values].map(([customer, own]) => [customer, own.map(({ kind, value }) => `${kind ?? 'TEXT'} ${value}`)]),
    );
  };

  it('are read as CSV, with or without a header, a customer on one line or on several', () => {
    expect(
      read('customerId,email,street', `${A},a@example.org,"Weg 1, Hof"`, `${B},,`, `${A},b@example.org`, ''),
    ).toEqual({ [A]: ['EMAIL a@example.org', 'STREET Weg 1, Hof', 'EMAIL b@example.org'], [B]: [] });
    expect(read(`${A.toUpperCase()},x`)).toEqual({ [A]: ['TEXT x'] });
  });

  it('identify a customer by number, even on a single line', () => {
    expect(read('K-1,Erika Muster')).toEqual({ 'K-1': ['TEXT Erika Muster'] });
    expect(read('K-1,x', `${A},y`)).toEqual({ 'K-1': ['TEXT x'], [A]: ['TEXT y'] });
  });

  it('are read in the format of an old export', () => {
    expect(
      read('customer_number,branch_code,status,first_name,Phone', 'K-1,B1,ACTIVE,Erika,0711 123456', 'K-2,B1,ACTIVE,,'),
    ).toEqual({ 'K-1': ['FIRST_NAME Erika', 'PHONE 0711 123456'], 'K-2': [] });
    expect(read('Vorname,Kundennummer,Sonstiges', 'Erika,K-1,Rotkehlchen')).toEqual({
      'K-1': ['FIRST_NAME Erika', 'TEXT Rotkehlchen'],
    });
    expect(read('Kundennummer,Telefon')).toEqual({});
  });

  it('are read as JSON lines, with any names', () => {
    expect(
      read(JSON.stringify({ email: 'a@example.org', customerId: A, phones: ['1', 2], gone: null, born: {} }), ''),
    ).toEqual({ [A]: ['EMAIL a@example.org', 'TEXT 1', 'TEXT 2'] });
    expect(read(JSON.stringify({ customerNumber: 'K-1', firstName: 'Erika' }))).toEqual({
      'K-1': ['FIRST_NAME Erika'],
    });
  });

  it.each<readonly [string, number, readonly string[]]>([
    ['CSV without a customer', 2, [`${A},x`, ',x']],
    ['JSON without a customer, even on the first line', 1, ['{"email": "a@example.org"}']],
    ['broken JSON', 2, [JSON.stringify({ customerId: A }), '{"customerId":']],
    ['JSON that is not an object', 2, [JSON.stringify({ customerId: A }), '7']],
    ['an open quote', 2, [`${A},x`, `${B},"x`]],
  ])('are refused with the number of the record: %s', (_, record, lines) => {
    expect(read(...lines)).toBe(record);
  });
});

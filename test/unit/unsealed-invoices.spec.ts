import { invoicesIn } from '../../src/cli/unsealed-invoices';

describe('the invoices of unsealed documents', () => {
  const invoice = { number: 'R-1', recipientName: 'Erika Muster', recipientAddress: 'Weg 1', lines: [{ number: 1 }] };

  it.each<readonly [string, unknown]>([
    ['a copy per customer', { customerNumber: 'K-1', documents: [invoice] }],
    ['a copy per class and year', { format: 'lethe sealed copy v2', records: { invoices: [invoice], receipts: [] } }],
  ])('are found by number in %s', (_, document) => {
    expect([...invoicesIn([document]).keys()]).toEqual(['R-1']);
    expect(invoicesIn([document]).get('R-1')).toEqual([invoice]);
  });

  it('are distinguished from other records of the same number by their contents', () => {
    const quote = { number: 'R-1', recipientName: null, recipientAddress: null };
    expect(invoicesIn([{ records: { quotes: [quote], invoices: [invoice] } }]).get('R-1')).toEqual([quote, invoice]);
    expect(invoicesIn([{ number: 7, recipientName: 'x' }, { number: 'S-1' }, null])).toEqual(new Map());
  });
});

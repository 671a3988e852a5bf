import fc from 'fast-check';
import { creditedNet } from '../../src/modules/finance/records/credit-split';

describe('net of a credit note', () => {
  it.each([
    [{ net: 10000, gross: 11900 }, 11900, 10000],
    [{ net: 10000, gross: 11900 }, 1190, 1000],
    [{ net: 8403, gross: 10000 }, 3333, 2801],
    [{ net: 1, gross: 2 }, 1, 1], // half a cent is rounded up
    [{ net: 0, gross: 100 }, 50, 0],
    [{ net: 100, gross: 100 }, 50, 50],
    [{ net: Number.MAX_SAFE_INTEGER - 2, gross: Number.MAX_SAFE_INTEGER }, 1, 1],
  ])('of %j over %d is %d', (invoice, amount, net) => {
    expect(creditedNet(invoice, invoice, amount)).toBe(net);
  });

  it('never exceeds the invoice, and all parts add up to it', () => {
    const invoices = fc
      .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 20_000 }))
      .filter(([net, tax]) => net + tax > 0);
    fc.assert(
      fc.property(invoices, fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 40 }), ([net, tax], amounts) => {
        const invoice = { net, gross: net + tax };
        let rest = { ...invoice };
        for (const wanted of [...amounts, Infinity]) {
          const amount = Math.min(wanted, rest.gross);
          if (amount === 0) break;
          const part = creditedNet(invoice, rest, amount);
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(amount);
          rest = { net: rest.net - part, gross: rest.gross - amount };
          expect(rest.net).toBeGreaterThanOrEqual(0);
          expect(rest.gross - rest.net).toBeGreaterThanOrEqual(0);
        }
        expect(rest).toEqual({ net: 0, gross: 0 });
      }),
    );
  });
});

import type { Uncredited } from './credit-notes';

/**
 * Calculates the net part of a credit note over `amount`, in cents: its share of the invoice's net, rounded half up and
 * limited to the remaining net and tax. The last note absorbs the rounding differences, so that all notes add up to the
 * invoice.
 */
export function creditedNet(invoice: Uncredited, rest: Uncredited, amount: number): number {
  const gross = BigInt(invoice.gross);
  const share = Number((BigInt(invoice.net) * BigInt(amount) * 2n + gross) / (gross * 2n));
  const least = amount - (rest.gross - rest.net);
  const most = Math.min(rest.net, amount);
  // imported notes may be split differently, which can make the limit negative
  return Math.max(Math.min(Math.max(share, least), most), 0);
}

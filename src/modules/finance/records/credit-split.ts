import type { Uncredited } from './credit-notes';

/**
 * The net of a credit note over `amount`, in cents: its share of the invoice's net, rounded half up, within what is
 * left of net and tax. So the last note takes what was lost in rounding, and all of them together make the invoice.
 */
export function creditedNet(invoice: Uncredited, rest: Uncredited, amount: number): number {
  const gross = BigInt(invoice.gross);
  const share = Number((BigInt(invoice.net) * BigInt(amount) * 2n + gross) / (gross * 2n));
  const least = amount - (rest.gross - rest.net);
  const most = Math.min(rest.net, amount);
  // notes from elsewhere may have been split otherwise, down to less than nothing
  return Math.max(Math.min(Math.max(share, least), most), 0);
}

import type { Uncredited } from './credit-notes';

interface Invoice {
  readonly net: number;
  readonly gross: number;
}

/**
 * The net of a credit note over `amount`, in cents: the share of the invoice's net that belongs to everything credited so far, less what was
 * credited before. So the parts add up to the whole, whatever is lost in rounding on the way.
 */
export function creditedNet(invoice: Invoice, rest: Uncredited, amount: number): number {
  const creditedGross = BigInt(invoice.gross) - BigInt(rest.gross) + BigInt(amount);
  const gross = BigInt(invoice.gross);
  const share = (BigInt(invoice.net) * creditedGross * 2n + gross) / (gross * 2n); // rounded half up
  const net = Number(share) - (invoice.net - rest.net);
  return Math.min(Math.max(net, 0), amount); // notes from elsewhere may have been split otherwise
}

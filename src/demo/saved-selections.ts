import type { BusinessDate } from '../kernel/business-date';
import { addMonths } from './calendar';
import type { Customer } from './customer';
import type { DemoRun } from './demo-run';

interface Candidate {
  readonly customer: Customer;
  readonly lastInvoicedOn: BusinessDate | null;
  readonly today: BusinessDate;
  /** Number of customers to choose from. */
  readonly customers: number;
}

const HAND_PICKED = 25;

const SELECTIONS: Readonly<Record<string, (candidate: Candidate) => boolean>> = {
  'Alle Kunden': () => true,
  Verstorbene: ({ customer }) => customer.status === 'DECEASED',
  'Ohne Rechnung seit 8 Jahren': ({ lastInvoicedOn, today }) => (lastInvoicedOn ?? '') < addMonths(today, -96),
  'Kunden aus Köln': ({ customer }) => customer.home?.city === 'Köln',
  Löschanfragen: ({ customer, customers }) => {
    const every = Math.max(1, Math.floor(customers / HAND_PICKED));
    return customer.ordinal % every === 0 && customer.ordinal < every * HAND_PICKED;
  },
};

export const SELECTION_NAMES: readonly string[] = Object.keys(SELECTIONS);

export function writeSelections({ folder }: DemoRun, candidate: Candidate): void {
  for (const [name, includes] of Object.entries(SELECTIONS)) {
    if (includes(candidate)) folder.add('selections', { name, customer_number: candidate.customer.number });
  }
}

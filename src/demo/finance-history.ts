import { addDays, type BusinessDate } from '../kernel/business-date';
import { addMonths } from './calendar';
import { type Customer, fullName, homeLine } from './customer';
import { type BookedDocument, CustomerBooks } from './customer-books';
import type { DemoRun } from './demo-run';
import type { Visit } from './device-history';
import { euros } from './money';
import { FINANCE_MATTERS, type FinanceMatter } from './open-matters';
import type { Weighted } from './random-source';
import { nameAsTyped, traceOf } from './spelling';

/** Writes invoices, quotes and till receipts. Returns the day of the last issued invoice. */
export function writeFinanceHistory(run: DemoRun, customer: Customer, visits: readonly Visit[]): BusinessDate | null {
  const { random, today } = run;
  const books = new CustomerBooks(run, customer);
  for (const visit of visits) {
    settle(run, books, books.invoice(visit));
    if (random.happens(0.25)) settle(run, books, books.invoice(visit));
    if (random.happens(0.45)) writeQuote(run, customer, visit.openedOn);
  }
  if (random.happens(0.04)) compensate(books, saleOn(random.date(customer.knownFrom, customer.knownTo)));
  if (random.happens(0.02)) settleAtOnce(books, books.invoice(saleOn(addMonths(today, -6))));
  if (random.happens(0.06)) books.draftInvoice(saleOn(today));
  for (const matter of FINANCE_MATTERS)
    if (customer.openMatters.has(matter)) OPEN_MATTERS[matter](run, books, customer);
  for (let receipt = random.integer(0, 3); receipt > 0; receipt--) writeReceipt(run, customer);
  return books.lastInvoicedOn;
}

/** A purchase at the counter, without a case. */
const saleOn = (day: BusinessDate): Visit => ({ caseNumber: null, type: 'SERVICE', openedOn: day, closedOn: day });

type Settlement = (books: CustomerBooks, invoice: BookedDocument) => void;

const settleAtOnce: Settlement = (books, invoice) => books.book('PAYMENT', invoice, invoice.gross, invoice.issuedOn);
const half = (cents: number): number => Math.floor(cents / 2);

/** All ways in which an invoice gets a balance of exactly 0. */
const SETTLEMENTS: Weighted<Settlement> = [
  [58, (books, invoice) => books.book('PAYMENT', invoice, invoice.gross)],
  [16, payInTwo],
  [5, writeOffTheRest],
  [5, payTooMuchAndGetItBack],
  [3, (books, invoice) => credit(books, invoice, invoice.gross)],
  [3, (books, invoice) => refundOn(books, payAndCredit(books, invoice, invoice.gross))],
  [4, (books, invoice) => refundOn(books, payAndCredit(books, invoice, half(invoice.gross)))],
  [4, payWhatIsNotCredited],
  [2, payWithCreditNoteDrafted],
];

function settle({ random }: DemoRun, books: CustomerBooks, invoice: BookedDocument): void {
  random.weighted(SETTLEMENTS)(books, invoice);
}

function payInTwo(books: CustomerBooks, invoice: BookedDocument): void {
  books.book('PAYMENT', invoice, half(invoice.gross));
  books.book('PAYMENT', invoice, invoice.gross - half(invoice.gross));
}

function writeOffTheRest(books: CustomerBooks, invoice: BookedDocument): void {
  books.book('PAYMENT', invoice, half(invoice.gross));
  books.book('WRITE_OFF', invoice, invoice.gross - half(invoice.gross));
}

function payTooMuchAndGetItBack(books: CustomerBooks, invoice: BookedDocument): void {
  books.book('PAYMENT', invoice, invoice.gross + 1_050);
  books.book('REFUND', invoice, 1_050);
}

function payWhatIsNotCredited(books: CustomerBooks, invoice: BookedDocument): void {
  credit(books, invoice, half(invoice.gross));
  books.book('PAYMENT', invoice, invoice.gross - half(invoice.gross));
}

function payWithCreditNoteDrafted(books: CustomerBooks, invoice: BookedDocument): void {
  books.book('PAYMENT', invoice, invoice.gross);
  books.draftCreditNote(invoice, half(invoice.gross));
}

function payAndCredit(books: CustomerBooks, invoice: BookedDocument, cents: number): BookedDocument {
  books.book('PAYMENT', invoice, invoice.gross);
  return credit(books, invoice, cents);
}

function credit(books: CustomerBooks, invoice: BookedDocument, cents: number): BookedDocument {
  return books.creditNote(invoice.visit, invoice, cents, books.soonAfter(invoice.issuedOn));
}

function refundOn(books: CustomerBooks, creditNote: BookedDocument): void {
  books.book('REFUND', creditNote, creditNote.gross);
}

/** A separate credit note that is paid out. */
function compensate(books: CustomerBooks, visit: Visit): void {
  refundOn(books, books.creditNote(visit, null, 2_500, visit.closedOn));
}

const OPEN_MATTERS: Readonly<Record<FinanceMatter, (run: DemoRun, books: CustomerBooks, customer: Customer) => void>> =
  {
    UNPAID: (run, books, customer) => void oldInvoice(run, books, customer),
    UNDERPAID: (run, books, customer) => {
      const invoice = oldInvoice(run, books, customer);
      books.book('PAYMENT', invoice, half(invoice.gross));
    },
    OVERPAID: (run, books, customer) => {
      const invoice = oldInvoice(run, books, customer);
      books.book('PAYMENT', invoice, invoice.gross + 2_000);
    },
    PAYMENT_ANNOUNCED: (run, books, customer) => {
      const invoice = oldInvoice(run, books, customer);
      books.book('PAYMENT', invoice, invoice.gross, addDays(run.today, run.random.integer(1, 20)));
    },
    CREDIT_NOT_REFUNDED: (run, books, customer) => {
      const invoice = oldInvoice(run, books, customer);
      if (run.random.happens(0.5)) payAndCredit(books, invoice, half(invoice.gross));
      else {
        settleAtOnce(books, invoice);
        books.creditNote(invoice.visit, null, 4_000, invoice.issuedOn);
      }
    },
    RECENT_INVOICE: (run, books) => settleAtOnce(books, books.invoice(saleOn(recentDay(run)))),
    RECENT_CREDIT_NOTE: (run, books, customer) => {
      const invoice = oldInvoice(run, books, customer);
      settleAtOnce(books, invoice);
      const creditNote = books.creditNote(invoice.visit, invoice, invoice.gross, recentDay(run));
      books.book('REFUND', creditNote, creditNote.gross, creditNote.issuedOn);
    },
  };

function oldInvoice({ random }: DemoRun, books: CustomerBooks, { knownFrom, knownTo }: Customer): BookedDocument {
  return books.invoice(saleOn(random.date(knownFrom, knownTo)));
}

/** A day less than six months ago, whatever the lengths of the months. */
const recentDay = ({ random, today }: DemoRun): BusinessDate => random.date(addDays(addMonths(today, -6), 4), today);

function writeQuote({ random, numbers, folder }: DemoRun, customer: Customer, issuedOn: BusinessDate): void {
  folder.add('quotes', {
    number: numbers.label(`AN-${issuedOn.slice(0, 4)}`),
    customer_number: customer.number,
    branch_code: customer.branch.code,
    status: random.weighted([
      [50, 'ACCEPTED'],
      [30, 'ENDED'],
      [20, 'OPEN'],
    ]),
    issued_on: issuedOn,
    valid_until: addMonths(issuedOn, 3),
    gross: euros(random.integer(2_500, 650_000)),
    recipient_name: fullName(customer),
    recipient_address: homeLine(customer),
    remark: random.maybe(0.3, () => `Angebot besprochen, ${traceOf(random, customer)}`),
  });
}

function writeReceipt({ random, numbers, folder, today }: DemoRun, customer: Customer): void {
  const day = random.date(customer.knownFrom, random.happens(0.1) ? today : customer.knownTo);
  folder.add('receipts', {
    number: numbers.label(`KB-${day.slice(0, 4)}`),
    customer_number: customer.number,
    branch_code: customer.branch.code,
    issued_at: random.openingHour(day),
    gross: euros(random.integer(195, 8_990)),
    customer_name: random.maybe(0.6, () => nameAsTyped(random, customer)),
  });
}

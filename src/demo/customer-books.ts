import { addDays, type BusinessDate } from '../kernel/business-date';
import { earlier } from './calendar';
import { type Customer, fullName, homeLine } from './customer';
import type { DemoRun } from './demo-run';
import type { Visit } from './device-history';
import { iban } from './iban';
import { euros } from './money';
import { RANGE } from './product-range';
import { nameAsTyped, traceOf } from './spelling';

/** An issued invoice or credit note that amounts can be booked on, in integer cents. */
export interface BookedDocument {
  readonly number: string;
  readonly visit: Visit;
  readonly issuedOn: BusinessDate;
  readonly gross: number;
  readonly isBorneByCostBearer: boolean;
}

interface Line {
  readonly article: string | null;
  readonly text: string | null;
  readonly serialNumber?: string | null;
  readonly quantity: number;
  readonly cents: number;
}

interface Heading {
  readonly number: string;
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly visit: Visit;
  /** Null for a draft. */
  readonly issuedOn: BusinessDate | null;
  readonly credits?: BookedDocument | null;
  readonly costBearerIk?: string | null;
}

const METHODS = ['CASH', 'CARD', 'TRANSFER', 'TRANSFER', 'DIRECT_DEBIT', 'CHEQUE', 'VOUCHER', 'OTHER'] as const;
const METHODS_WITH_IBAN: readonly string[] = ['TRANSFER', 'DIRECT_DEBIT'];

/** The invoices, credit notes and payments of one customer. The caller is responsible for the balance. */
export class CustomerBooks {
  /** Day of the last issued invoice. */
  lastInvoicedOn: BusinessDate | null = null;

  constructor(
    private readonly run: DemoRun,
    private readonly customer: Customer,
  ) {}

  invoice(visit: Visit, issuedOn = visit.closedOn): BookedDocument {
    const { random, numbers } = this.run;
    const costBearer = random.happens(0.3) ? this.customer.costBearer : null;
    const number = numbers.label(`RE-${issuedOn.slice(0, 4)}`);
    const gross = this.write(
      { number, kind: 'INVOICE', visit, issuedOn, costBearerIk: costBearer?.ik },
      this.goods(visit),
    );
    if (issuedOn > (this.lastInvoicedOn ?? '')) this.lastInvoicedOn = issuedOn;
    return { number, visit, issuedOn, gross, isBorneByCostBearer: costBearer !== null };
  }

  draftInvoice(visit: Visit): void {
    const number = this.run.numbers.label('ENTWURF');
    this.write({ number, kind: 'INVOICE', visit, issuedOn: null }, this.goods(visit));
  }

  /** A credit note for an invoice, or without one for an amount that is owed to the customer. */
  creditNote(visit: Visit, credits: BookedDocument | null, gross: number, issuedOn: BusinessDate): BookedDocument {
    const number = this.run.numbers.label(`GS-${issuedOn.slice(0, 4)}`);
    this.write({ number, kind: 'CREDIT_NOTE', visit, issuedOn, credits }, [this.credit(gross, credits)]);
    return { number, visit, issuedOn, gross, isBorneByCostBearer: false };
  }

  draftCreditNote(credits: BookedDocument, gross: number): void {
    const number = this.run.numbers.label('ENTWURF');
    this.write({ number, kind: 'CREDIT_NOTE', visit: credits.visit, issuedOn: null, credits }, [
      this.credit(gross, credits),
    ]);
  }

  /** Books a payment; without a date, within four weeks of the document. */
  book(
    kind: 'PAYMENT' | 'REFUND' | 'WRITE_OFF',
    document: BookedDocument,
    cents: number,
    paidOn: BusinessDate = this.soonAfter(document.issuedOn),
  ): void {
    const { random, numbers, folder } = this.run;
    const isByCostBearer = document.isBorneByCostBearer && kind === 'PAYMENT';
    const method = kind === 'WRITE_OFF' ? null : isByCostBearer ? 'COST_BEARER' : random.one(METHODS);
    const payer = isByCostBearer ? (this.customer.costBearer?.name ?? null) : fullName(this.customer);
    folder.add('payments', {
      invoice_number: document.number,
      kind,
      paid_on: paidOn,
      amount: euros(cents),
      method,
      payer_name: method && payer,
      iban: method && METHODS_WITH_IBAN.includes(method) ? iban(0, numbers.digits('account', 10)) : null,
      reference: random.maybe(0.5, () => `${document.number} ${nameAsTyped(random, this.customer)}`),
    });
  }

  soonAfter(date: BusinessDate): BusinessDate {
    return earlier(addDays(date, this.run.random.integer(0, 28)), this.run.today);
  }

  private goods({ type }: Visit): Line[] {
    const { random, numbers } = this.run;
    const articles = random.some(RANGE[type].articles, random.integer(1, 4));
    return articles.map(({ name, cents, hasSerialNumber }) => {
      const quantity = hasSerialNumber ? 1 : random.integer(1, 3);
      return {
        article: name,
        text: random.happens(0.3) ? `${name} ${traceOf(random, this.customer)}` : name,
        serialNumber: hasSerialNumber ? numbers.label('SN') : null,
        quantity,
        cents: quantity * (cents + random.integer(0, Math.floor(cents / 10))),
      };
    });
  }

  private credit(cents: number, credits: BookedDocument | null): Line {
    const { random } = this.run;
    const text = credits ? `Gutschrift zu ${credits.number}` : `Kulanz ${traceOf(random, this.customer)}`;
    return { article: null, text, quantity: 1, cents };
  }

  private write({ number, kind, visit, issuedOn, credits, costBearerIk }: Heading, lines: readonly Line[]): number {
    const { random, folder } = this.run;
    const gross = lines.reduce((sum, { cents }) => sum + cents, 0);
    const net = Math.round((gross * 100) / (100 + RANGE[visit.type].taxPercent));
    folder.add('invoices', {
      number,
      customer_number: this.customer.number,
      branch_code: this.customer.branch.code,
      kind,
      credits_number: credits?.number,
      status: issuedOn ? 'ISSUED' : 'DRAFT',
      issued_on: issuedOn,
      due_on: issuedOn && addDays(issuedOn, 14),
      cost_bearer_ik: costBearerIk,
      care_case_number: visit.caseNumber,
      net: euros(net),
      tax: euros(gross - net),
      gross: euros(gross),
      recipient_name: fullName(this.customer),
      recipient_address: homeLine(this.customer),
      remark: random.maybe(0.15, () => `Bitte beachten: ${traceOf(random, this.customer)}`),
    });
    for (const [index, { article, text, serialNumber, quantity, cents }] of lines.entries()) {
      folder.add('invoice_lines', {
        invoice_number: number,
        position: index + 1,
        article,
        text,
        serial_number: serialNumber,
        quantity,
        amount: euros(cents),
      });
    }
    return gross;
  }
}

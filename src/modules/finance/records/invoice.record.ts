import { columnsOf, defineActionableRecord, type StoredRecord } from '../../records';
import { InvoiceLine } from '../entities/invoice-line.entity';
import { Invoice } from '../entities/invoice.entity';
import { Payment } from '../entities/payment.entity';
import { bookingsOf } from '../queries/document-groups.queries';
import { InvoiceLineResponse, PaymentResponse } from './invoice-parts.response';
import { InvoiceRules } from './invoice-rules';
import { AddInvoiceRequest } from './invoice.request';

interface Shown {
  readonly lines: readonly InvoiceLineResponse[];
  readonly payments: readonly PaymentResponse[];
  readonly balance: number;
}

export type StoredInvoice = StoredRecord<AddInvoiceRequest, Shown>;

/** The columns of a part `p` of an invoice, each after its name in the API. */
const fieldsOf = (part: object) =>
  columnsOf(part)
    .map(({ property, name }) => `'${property}', p.${name}`)
    .join(', ');

const LINES = `(
  SELECT coalesce(json_agg(json_build_object(${fieldsOf(InvoiceLine)}) ORDER BY p.position), '[]')
  FROM invoice_line p WHERE p.customer_id = t.customer_id AND p.invoice_id = t.id)`;

const PAYMENTS = `(
  SELECT coalesce(json_agg(json_build_object('id', p.id::text, ${fieldsOf(Payment)}) ORDER BY p.paid_on, p.id), '[]')
  FROM payment p WHERE p.customer_id = t.customer_id AND p.invoice_id = t.id)`;

/** A draft belongs to no document group and has no open amount. */
const BALANCE = `CASE t.status WHEN 'DRAFT' THEN 0 ELSE (
  SELECT sum(booking.amount)::float8 FROM (${bookingsOf('(SELECT asked.customer_id)', 'asked.today')}) AS booking
  WHERE booking.head_id = coalesce(t.credits_id, t.id)) END`;

export const invoices = defineActionableRecord<AddInvoiceRequest, Shown>('INVOICE_NOT_FOUND', {
  name: 'Invoice',
  path: 'invoices',
  entity: Invoice,
  request: AddInvoiceRequest,
  rules: InvoiceRules,
  extras: {
    lines: { sql: LINES, schema: { type: [InvoiceLineResponse] } },
    payments: { sql: PAYMENTS, schema: { type: [PaymentResponse] } },
    balance: {
      sql: BALANCE,
      schema: { type: 'integer', description: 'open cents today for the invoice with its credit notes' },
    },
  },
});

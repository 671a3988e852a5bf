import { defineActionableRecord, type StoredRecord } from '../../records';
import { Invoice } from '../entities/invoice.entity';
import { bookingsOf } from './document-groups';
import { InvoiceLineResponse, PaymentResponse } from './invoice-parts.response';
import { InvoiceRules } from './invoice-rules';
import { AddInvoiceRequest } from './invoice.request';

interface Shown {
  readonly lines: readonly InvoiceLineResponse[];
  readonly payments: readonly PaymentResponse[];
  readonly balance: number;
}

export type StoredInvoice = StoredRecord<AddInvoiceRequest, Shown>;

const LINES = `(
  SELECT coalesce(json_agg(json_build_object('position', l.position, 'article', l.article, 'text', l.text, 'serialNumber', l.serial_number,
    'quantity', l.quantity, 'amount', l.amount) ORDER BY l.position), '[]')
  FROM invoice_line l WHERE l.customer_id = t.customer_id AND l.invoice_id = t.id)`;

const PAYMENTS = `(
  SELECT coalesce(json_agg(json_build_object('id', p.id::text, 'kind', p.kind, 'paidOn', p.paid_on, 'amount', p.amount, 'method', p.method,
    'payerName', p.payer_name, 'iban', p.iban, 'reference', p.reference) ORDER BY p.paid_on, p.id), '[]')
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

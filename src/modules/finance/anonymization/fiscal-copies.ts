import { Injectable } from '@nestjs/common';
import type { AnonymizationSet, Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import { DomainError } from '../../../kernel/domain-error';
import { RETENTION_YEARS, retentionUntil, VOUCHER_PERIOD } from '../../../kernel/retention';
import { jsonArray, jsonObject, jsonValue } from '../../../platform/database/canonical-json';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { FiscalArchive } from '../../archive';

interface CopyRow {
  readonly customer_id: string;
  readonly last_issued_on: BusinessDate;
  readonly documents: number;
  readonly content: string;
}

/** Issued documents that the tax office may still ask for; $1 customers, $2 the first issue date within the period. */
const WITHIN_PERIOD = `i.customer_id = ANY ($1::uuid[]) AND i.status = 'ISSUED' AND i.issued_on >= $2::date`;

/**
 * An issued invoice must stay producible with name and address for 8 years (§ 14b UStG, § 147 AO), so before the anonymization changes anything,
 * each customer's issued documents within their period are written into one document, as canonical JSON (RFC 8785) with money in cents, and
 * sealed to the fiscal seal.
 */
@Injectable()
export class FiscalCopies {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly archive: FiscalArchive,
  ) {}

  /** How many documents each customer's copy would hold. */
  async preview(customerIds: readonly string[], today: BusinessDate): Promise<EffectsByCustomer> {
    const rows = await this.transaction.query<{ customer_id: string; documents: number }>(
      `SELECT i.customer_id, count(*)::int AS documents FROM invoice i WHERE ${WITHIN_PERIOD} GROUP BY i.customer_id`,
      [customerIds, firstDayWithinPeriod(today)],
    );
    return new Map(rows.map(({ customer_id, documents }) => [customer_id, [sealEffect(documents)]]));
  }

  /** @throws DomainError `FISCAL_COPY_FAILED` */
  async write({ customerIds, cause }: AnonymizationSet): Promise<EffectsByCustomer> {
    const copies = await this.read(customerIds, cause.today);
    try {
      await this.archive.store(
        copies.map((copy) => ({
          customerId: copy.customer_id,
          retentionUntil: retentionUntil('VOUCHER', copy.last_issued_on)!,
          content: Buffer.from(copy.content),
        })),
        cause,
      );
    } catch (error) {
      throw new DomainError('FISCAL_COPY_FAILED', {}, error);
    }
    return new Map(copies.map(({ customer_id, documents }) => [customer_id, [sealEffect(documents)]]));
  }

  private read(customerIds: readonly string[], today: BusinessDate): Promise<CopyRow[]> {
    return this.transaction.queryPrepared<CopyRow>(READ, [customerIds, firstDayWithinPeriod(today)]);
  }
}

const LINE = jsonObject({
  position: jsonValue('l.position'),
  article: jsonValue('l.article'),
  text: jsonValue('l.text'),
  serialNumber: jsonValue('l.serial_number'),
  quantity: jsonValue('l.quantity::text'),
  amount: jsonValue('l.amount'),
});

const PAYMENT = jsonObject({
  kind: jsonValue('p.kind'),
  paidOn: jsonValue('p.paid_on'),
  amount: jsonValue('p.amount'),
  method: jsonValue('p.method'),
  payerName: jsonValue('p.payer_name'),
  iban: jsonValue('p.iban'),
  reference: jsonValue('p.reference'),
});

const DOCUMENT = jsonObject({
  number: jsonValue('d.number'),
  kind: jsonValue('d.kind'),
  creditsNumber: jsonValue('credited.number'),
  branchCode: jsonValue('b.code'),
  issuedOn: jsonValue('d.issued_on'),
  dueOn: jsonValue('d.due_on'),
  costBearerIk: jsonValue('o.ik'),
  net: jsonValue('d.net'),
  tax: jsonValue('d.tax'),
  gross: jsonValue('d.gross'),
  currency: jsonValue(`'EUR'::text`),
  recipientName: jsonValue('d.recipient_name'),
  recipientAddress: jsonValue('d.recipient_address'),
  remark: jsonValue('d.remark'),
  lines: `coalesce(line.lines, '[]')`,
  payments: `coalesce(booked.payments, '[]')`,
});

const COPY = jsonObject({
  format: jsonValue(`'lethe fiscal copy v1'::text`),
  customerNumber: jsonValue('c.customer_number'),
  documents: jsonArray(DOCUMENT, 'd.issued_on, d.id'),
});

/** The database writes the JSON itself: taking a set's invoices apart and together again in the application cost more than reading them. */
const READ = `
  WITH document AS MATERIALIZED (SELECT i.* FROM invoice i WHERE ${WITHIN_PERIOD}),
  line AS (
    SELECT l.invoice_id, ${jsonArray(LINE, 'l.position')} AS lines
    FROM invoice_line l WHERE l.customer_id = ANY ($1::uuid[]) GROUP BY l.invoice_id),
  booked AS (
    SELECT p.invoice_id, ${jsonArray(PAYMENT, 'p.paid_on, p.id')} AS payments
    FROM payment p WHERE p.customer_id = ANY ($1::uuid[]) GROUP BY p.invoice_id)
  SELECT c.id AS customer_id, max(d.issued_on) AS last_issued_on, count(*)::int AS documents, ${COPY} AS content
  FROM document d
  JOIN customer c ON c.id = d.customer_id
  JOIN branch b ON b.id = d.branch_id
  LEFT JOIN invoice credited ON credited.id = d.credits_id
  LEFT JOIN cost_bearer o ON o.id = d.cost_bearer_id
  LEFT JOIN line ON line.invoice_id = d.id
  LEFT JOIN booked ON booked.invoice_id = d.id
  GROUP BY c.id, c.customer_number`;

/** A document of the calendar year Y must be kept until the end of Y + 8. */
const firstDayWithinPeriod = (today: BusinessDate): BusinessDate =>
  `${Number(today.slice(0, 4)) - RETENTION_YEARS.VOUCHER}-01-01`;

const sealEffect = (documents: number): Effect => ({
  module: 'finance',
  table: 'invoice',
  treatment: 'SEAL',
  rows: documents,
  reason: VOUCHER_PERIOD,
});

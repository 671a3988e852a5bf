import { Injectable } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
import type { AnonymizationSet, Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import { DomainError } from '../../../kernel/domain-error';
import { RETENTION_YEARS, retentionUntil, VOUCHER_PERIOD } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { FiscalArchive } from '../../archive';

interface CopyRow {
  readonly customer_id: string;
  readonly customer_number: string;
  readonly last_issued_on: BusinessDate;
  readonly documents: readonly unknown[];
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
          content: Buffer.from(
            canonicalize({
              format: 'lethe fiscal copy v1',
              customerNumber: copy.customer_number,
              documents: copy.documents,
            }),
          ),
        })),
        cause,
      );
    } catch (error) {
      throw new DomainError('FISCAL_COPY_FAILED', {}, error);
    }
    return new Map(copies.map(({ customer_id, documents }) => [customer_id, [sealEffect(documents.length)]]));
  }

  private read(customerIds: readonly string[], today: BusinessDate): Promise<CopyRow[]> {
    return this.transaction.query<CopyRow>(
      `WITH document AS MATERIALIZED (SELECT i.* FROM invoice i WHERE ${WITHIN_PERIOD}),
      line AS (
        SELECT l.invoice_id, jsonb_agg(jsonb_build_object('position', l.position, 'article', l.article, 'text', l.text,
          'serialNumber', l.serial_number, 'quantity', l.quantity::text, 'amount', l.amount) ORDER BY l.position) AS lines
        FROM invoice_line l WHERE l.customer_id = ANY ($1::uuid[]) GROUP BY l.invoice_id),
      booked AS (
        SELECT p.invoice_id, jsonb_agg(jsonb_build_object('kind', p.kind, 'paidOn', p.paid_on, 'amount', p.amount, 'method', p.method,
          'payerName', p.payer_name, 'iban', p.iban, 'reference', p.reference) ORDER BY p.paid_on, p.id) AS payments
        FROM payment p WHERE p.customer_id = ANY ($1::uuid[]) GROUP BY p.invoice_id)
      SELECT c.id AS customer_id, c.customer_number, max(d.issued_on) AS last_issued_on,
        jsonb_agg(jsonb_build_object('number', d.number, 'kind', d.kind, 'creditsNumber', credited.number, 'branchCode', b.code,
          'issuedOn', d.issued_on, 'dueOn', d.due_on, 'costBearerIk', o.ik, 'net', d.net, 'tax', d.tax, 'gross', d.gross, 'currency', 'EUR',
          'recipientName', d.recipient_name, 'recipientAddress', d.recipient_address, 'remark', d.remark,
          'lines', coalesce(line.lines, '[]'), 'payments', coalesce(booked.payments, '[]')) ORDER BY d.issued_on, d.id) AS documents
      FROM document d
      JOIN customer c ON c.id = d.customer_id
      JOIN branch b ON b.id = d.branch_id
      LEFT JOIN invoice credited ON credited.id = d.credits_id
      LEFT JOIN cost_bearer o ON o.id = d.cost_bearer_id
      LEFT JOIN line ON line.invoice_id = d.id
      LEFT JOIN booked ON booked.invoice_id = d.id
      GROUP BY c.id, c.customer_number`,
      [customerIds, firstDayWithinPeriod(today)],
    );
  }
}

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

import { columnsOf, formOf, rowsOf } from '../form/schema-fields';
import { date, hinted, list, money, required } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

/** Invoices, quotes, contracts and other financial records. */
export const FINANCE_KINDS: Pick<
  RecordKinds,
  'bank-accounts' | 'invoices' | 'quotes' | 'receipts' | 'service-contracts'
> = {
  invoices: {
    columns: ['number', 'kind', 'status', 'issuedOn', 'gross', ['balance', money]],
    parts: { lines: columnsOf('InvoiceLineResponse'), payments: columnsOf('PaymentResponse') },
    first: [
      'kind',
      'status',
      'number',
      'branchCode',
      'creditsNumber',
      'careCaseNumber',
      'issuedOn',
      'dueOn',
      'net',
      'tax',
      'gross',
    ],
    hints: { number: 'number', creditsNumber: 'creditsNumber', issuedOn: 'whenIssued' },
    rows: {
      lines: rowsOf('InvoiceLineRequest', {
        first: ['article', 'serialNumber', 'quantity', 'amount', 'text'],
        without: ['position'],
      }),
    },
    actions: {
      payments: {
        when: ({ status }) => status === 'ISSUED',
        form: formOf('BookPaymentRequest', { first: ['kind', 'amount'], hints: { paidOn: 'today' } }),
        known: ({ balance }) =>
          balance === 0 ? {} : { kind: balance > 0 ? 'PAYMENT' : 'REFUND', amount: Math.abs(balance) },
      },
      credit: {
        when: ({ kind, status }) => kind === 'INVOICE' && status === 'ISSUED',
        form: { amount: hinted(money, 'wholeRest'), issuedOn: hinted(date, 'today') },
        faults: { OVER_CREDITED: 'amount' },
      },
      issue: { when: ({ status }) => status === 'DRAFT', form: {} },
    },
  },
  quotes: {
    columns: ['number', 'status', 'issuedOn', 'validUntil', 'gross'],
    more: [
      ['endedOn', date],
      ['endReason', list('endReason')],
    ],
    first: ['status', 'number', 'branchCode', 'gross'],
    hints: { number: 'number' },
    actions: { end: { when: ({ status }) => status === 'OPEN', form: {} } },
  },
  receipts: {
    columns: ['number', 'issuedAt', 'gross', 'branchCode', 'customerName'],
    hints: { number: 'number' },
    actions: {},
  },
  'service-contracts': {
    columns: [
      'number',
      [
        'status',
        list('contractState'),
        ({ status, voidedOn, effectiveEnd }) => {
          if (voidedOn !== null) return 'VOIDED';
          return status === 'SIGNED' && effectiveEnd !== null && effectiveEnd < today() ? 'ENDED' : status;
        },
      ],
      'startsOn',
      ['effectiveEnd', date],
      'title',
    ],
    first: ['status', 'number', 'title', 'autoRenew'],
    hints: { number: 'number' },
    actions: {
      sign: { when: ({ status, voidedOn }) => status === 'DRAFT' && voidedOn === null, form: {} },
      terminate: {
        when: ({ status, voidedOn, effectiveEnd }) =>
          status === 'SIGNED' && voidedOn === null && (effectiveEnd === null || effectiveEnd >= today()),
        form: { effectiveOn: required(date) },
      },
      void: { when: ({ voidedOn }) => voidedOn === null, form: {} },
    },
  },
  'bank-accounts': {
    columns: ['position', 'accountHolder', 'iban', 'bankName'],
    hints: { position: 'position' },
    actions: {},
  },
};

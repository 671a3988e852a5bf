import { date, flag, hinted, instant, list, longText, money, number, required, rows, text } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

/** What is owed, offered and agreed. */
export const FINANCE_KINDS: Pick<
  RecordKinds,
  'bank-accounts' | 'invoices' | 'quotes' | 'receipts' | 'service-contracts'
> = {
  invoices: {
    columns: [
      ['number', text],
      ['kind', list('invoiceKind')],
      ['status', list('invoiceStatus')],
      ['issuedOn', date],
      ['gross', money],
      ['balance', money],
    ],
    more: [
      ['creditsNumber', text],
      ['net', money],
      ['tax', money],
      ['dueOn', date],
      ['branchCode', text],
      ['costBearerIk', text],
      ['careCaseNumber', text],
      ['recipientName', text],
      ['recipientAddress', text],
      ['remark', text],
    ],
    parts: {
      lines: [
        ['position', number],
        ['article', text],
        ['text', text],
        ['serialNumber', text],
        ['quantity', number],
        ['amount', money],
      ],
      payments: [
        ['kind', list('paymentKind')],
        ['paidOn', date],
        ['amount', money],
        ['method', list('paymentMethod')],
        ['payerName', text],
        ['iban', text],
        ['reference', text],
      ],
    },
    form: {
      kind: required(list('invoiceKind')),
      status: required(list('invoiceStatus')),
      number: hinted(text, 'number'),
      branchCode: required(text),
      creditsNumber: hinted(text, 'creditsNumber'),
      careCaseNumber: text,
      issuedOn: hinted(date, 'whenIssued'),
      dueOn: date,
      net: required(money),
      tax: required(money),
      gross: required(money),
      costBearerIk: text,
      recipientName: text,
      recipientAddress: text,
      remark: text,
      lines: rows({
        position: null,
        article: text,
        serialNumber: text,
        quantity: number,
        amount: required(money),
        text: longText,
      }),
    },
    actions: {
      payments: {
        when: ({ status }) => status === 'ISSUED',
        form: {
          kind: required(list('paymentKind')),
          amount: required(money),
          paidOn: hinted(date, 'today'),
          method: list('paymentMethod'),
          payerName: text,
          iban: text,
          reference: text,
        },
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
    columns: [
      ['number', text],
      ['status', list('quoteStatus')],
      ['issuedOn', date],
      ['validUntil', date],
      ['gross', money],
    ],
    more: [
      ['endedOn', date],
      ['endReason', list('endReason')],
      ['branchCode', text],
      ['recipientName', text],
      ['recipientAddress', text],
      ['remark', text],
    ],
    form: {
      status: required(list('quoteStatus')),
      number: hinted(text, 'number'),
      branchCode: required(text),
      gross: required(money),
      issuedOn: required(date),
      validUntil: date,
      recipientName: text,
      recipientAddress: text,
      remark: text,
    },
    actions: { end: { when: ({ status }) => status === 'OPEN', form: {} } },
  },
  receipts: {
    columns: [
      ['number', text],
      ['issuedAt', instant],
      ['gross', money],
      ['branchCode', text],
      ['customerName', text],
    ],
    form: {
      number: hinted(text, 'number'),
      branchCode: required(text),
      issuedAt: required(instant),
      gross: required(money),
      customerName: text,
    },
    actions: {},
  },
  'service-contracts': {
    columns: [
      ['number', text],
      [
        'status',
        list('contractState'),
        ({ status, voidedOn, effectiveEnd }) => {
          if (voidedOn !== null) return 'VOIDED';
          return status === 'SIGNED' && effectiveEnd !== null && effectiveEnd < today() ? 'ENDED' : status;
        },
      ],
      ['startsOn', date],
      ['effectiveEnd', date],
      ['title', text],
    ],
    more: [
      ['autoRenew', flag],
      ['endsOn', date],
      ['terminationEffectiveOn', date],
      ['voidedOn', date],
      ['note', text],
    ],
    form: {
      status: required(list('contractStatus')),
      number: hinted(text, 'number'),
      title: text,
      autoRenew: flag,
      startsOn: required(date),
      endsOn: date,
      terminationEffectiveOn: date,
      voidedOn: date,
      note: longText,
    },
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
    columns: [
      ['position', number],
      ['accountHolder', text],
      ['iban', text],
      ['bankName', text],
    ],
    more: [
      ['bic', text],
      ['mandateReference', text],
    ],
    form: {
      position: required(hinted(number, 'position')),
      accountHolder: text,
      iban: text,
      bic: text,
      bankName: text,
      mandateReference: text,
    },
    actions: {},
  },
};

import { CommandBus, QueryBus } from '@nestjs/cqrs';
import fc from 'fast-check';
import { addDays } from '../../src/kernel/business-date';
import { DomainError } from '../../src/kernel/domain-error';
import { ValidationGuard } from '../../src/modules/anonymization/validation/validation.guard';
import { AddRecord } from '../../src/modules/records/add-record/add-record.command';
import { ListRecords } from '../../src/modules/records/list-records/list-records.query';
import { CancelCareCase } from '../../src/modules/device/commands/cancel-care-case/cancel-care-case.command';
import { CompleteCareCase } from '../../src/modules/device/commands/complete-care-case/complete-care-case.command';
import { ResolveDeviceLoan } from '../../src/modules/device/commands/resolve-device-loan/resolve-device-loan.command';
import { careCases } from '../../src/modules/device/records/care-case.record';
import { deviceLoans } from '../../src/modules/device/records/device-loan.record';
import { BookPayment } from '../../src/modules/finance/commands/book-payment/book-payment.command';
import { CreditInvoice } from '../../src/modules/finance/commands/credit-invoice/credit-invoice.command';
import { IssueInvoice } from '../../src/modules/finance/commands/issue-invoice/issue-invoice.command';
import { SignServiceContract } from '../../src/modules/finance/commands/sign-service-contract/sign-service-contract.command';
import { TerminateServiceContract } from '../../src/modules/finance/commands/terminate-service-contract/terminate-service-contract.command';
import { VoidServiceContract } from '../../src/modules/finance/commands/void-service-contract/void-service-contract.command';
import { invoices } from '../../src/modules/finance/records/invoice.record';
import { serviceContracts } from '../../src/modules/finance/records/service-contract.record';
import { EndEnrollment } from '../../src/modules/loyalty/commands/end-enrollment/end-enrollment.command';
import { InvalidateCard } from '../../src/modules/loyalty/commands/invalidate-card/invalidate-card.command';
import { cards } from '../../src/modules/loyalty/records/card.record';
import { enrollments } from '../../src/modules/loyalty/records/enrollment.record';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { MASTER, masterData } from '../support/record-examples';
import { TestApp } from '../support/test-app';

const RUNS = 30;
const FIRST_DAY = '2026-01-31'; // months end on different days
const RECENT_MONTHS = 6;

/** The product's view of a customer's bookings, in plain objects. */
class Model {
  today = FIRST_DAY;
  readonly documents: Document[] = [];
  readonly contracts: Contract[] = [];
  readonly cases: { id: string; open: boolean }[] = [];
  readonly loans: { id: string; resolvedOn: string | null }[] = [];
  readonly cards: { id: string; number: string; invalidatedOn: string | null }[] = [];
  readonly enrollments: { id: string; card: { invalidatedOn: string | null; id: string }; endsOn: string | null }[] =
    [];

  credited(invoice: Document): number {
    return sum(this.notesOf(invoice).map(({ gross }) => gross));
  }

  /** The balance of the document's group; a draft has no group. */
  balance(document: Document): number {
    if (!document.issuedOn) return 0;
    const head = document.credits ?? document;
    const paid = [head, ...this.notesOf(head)].flatMap(({ payments }) => payments);
    const signed = paid
      .filter(({ paidOn }) => paidOn <= this.today)
      .map(({ kind, amount }) => (kind === 'REFUND' ? amount : -amount));
    return (head.kind === 'INVOICE' ? head.gross : -head.gross) - this.credited(head) + sum(signed);
  }

  blockers(): string[] {
    const issued = this.documents.filter(({ issuedOn }) => issuedOn !== null);
    return [
      ...issued
        .filter((document) => !document.credits && this.balance(document) !== 0)
        .map(({ id }) => `UNPAID_INVOICE ${id} null`),
      ...issued
        .filter((document) => document.kind === 'CREDIT_NOTE' || this.credited(document) < document.gross)
        .map(({ id, issuedOn }) => ({ id, clearsOn: addMonths(issuedOn!, RECENT_MONTHS) }))
        .filter(({ clearsOn }) => this.today < clearsOn)
        .map(({ id, clearsOn }) => `RECENT_INVOICE ${id} ${clearsOn}`),
      ...this.contracts
        .filter((contract) => contract.signed && this.runs(contract))
        .map(({ id, endsOn }) => `RUNNING_SERVICE_CONTRACT ${id} ${endsOn && addDays(endsOn, 1)}`),
      ...this.cases.filter(({ open }) => open).map(({ id }) => `OPEN_CARE_CASE ${id} null`),
      ...this.loans
        .filter(({ resolvedOn }) => resolvedOn === null || resolvedOn > this.today)
        .map(({ id, resolvedOn }) => `UNRETURNED_TRIAL_DEVICE ${id} ${resolvedOn}`),
      ...this.enrollments
        .filter(({ card, endsOn }) => this.isValid(card) && (endsOn === null || endsOn >= this.today))
        .map(({ card, endsOn }) => {
          const ends = [endsOn && addDays(endsOn, 1), card.invalidatedOn].filter((end) => end !== null).sort();
          return `ACTIVE_PROGRAM_CARD ${card.id} ${ends[0] ?? null}`;
        }),
    ].sort();
  }

  runs = ({ voided, endsOn }: Contract) => !voided && (endsOn === null || endsOn >= this.today);
  isValid = ({ invalidatedOn }: { invalidatedOn: string | null }) =>
    invalidatedOn === null || invalidatedOn > this.today;

  private notesOf = (head: Document) => this.documents.filter((note) => note.credits === head && note.issuedOn);
}

interface Document {
  id: string;
  kind: 'INVOICE' | 'CREDIT_NOTE';
  gross: number;
  /** null: a draft */
  issuedOn: string | null;
  credits: Document | null;
  payments: { kind: string; amount: number; paidOn: string }[];
}

interface Contract {
  id: string;
  signed: boolean;
  voided: boolean;
  endsOn: string | null;
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** The same day this many months later, or the last day of a shorter month. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

describe('histories of bookings', () => {
  let app: TestApp;
  let commands: CommandBus;
  let queries: QueryBus;
  let devices = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    await masterData(app);
    commands = app.nest.get(CommandBus);
    queries = app.nest.get(QueryBus);
  });
  afterAll(() => app.stop());

  const on = (date: string) => app.clock.set(`${date}T10:00:00Z`);
  /** null for success, otherwise the code of the refusal */
  const refusal = (done: Promise<unknown>): Promise<string | null> =>
    done.then(
      () => null,
      (error: unknown) => {
        if (error instanceof DomainError) return error.code;
        throw error;
      },
    );

  interface World {
    readonly model: Model;
    readonly customerId: string;
  }
  /** Changes the product and the model alike; a step whose record does not exist does nothing. */
  type Step = (world: World) => Promise<void>;

  const day = fc.integer({ min: -40, max: 40 });
  const cents = fc.integer({ min: 1, max: 300 });
  const which = fc.nat();
  const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % (items.length || 1)];

  const invoice = fc.tuple(cents, day, fc.boolean(), fc.boolean()).map(([gross, days, isDraft, isNote]): Step => {
    return async ({ model, customerId }) => {
      const kind = isNote ? ('CREDIT_NOTE' as const) : ('INVOICE' as const);
      const issuedOn = addDays(model.today, days);
      const status = isDraft ? ('DRAFT' as const) : ('ISSUED' as const);
      const fields = { branchCode: MASTER.branchCode, kind, status, issuedOn, net: gross, tax: 0, gross };
      const { id } = await commands.execute(new AddRecord(invoices, customerId, fields));
      model.documents.push({ id, kind, gross, issuedOn: isDraft ? null : issuedOn, credits: null, payments: [] });
      // the date of a draft is the day on which it will be issued
      if (isDraft) draftDates.set(id, issuedOn);
    };
  });
  const draftDates = new Map<string, string>();

  const draftNote = fc.tuple(which, cents, day).map(([at, gross, days]): Step => {
    return async ({ model, customerId }) => {
      const credits = pick(
        model.documents.filter(({ kind, issuedOn }) => kind === 'INVOICE' && issuedOn),
        at,
      );
      if (credits === undefined) return;
      const issuedOn = addDays(model.today, days);
      const { items } = await queries.execute(new ListRecords(invoices, customerId, { limit: 200 }));
      const creditsNumber = items.find(({ id }) => id === credits.id)!.number;
      const fields = { branchCode: MASTER.branchCode, creditsNumber, issuedOn, net: gross, tax: 0, gross };
      const { id } = await commands.execute(
        new AddRecord(invoices, customerId, { ...fields, kind: 'CREDIT_NOTE', status: 'DRAFT' }),
      );
      model.documents.push({ id, kind: 'CREDIT_NOTE', gross, issuedOn: null, credits, payments: [] });
      draftDates.set(id, issuedOn);
    };
  });

  const issue = which.map((at): Step => {
    return async ({ model }) => {
      const document = pick(model.documents, at);
      if (document === undefined) return;
      const { credits } = document;
      const expected = document.issuedOn
        ? 'INVOICE_ALREADY_ISSUED'
        : credits && model.credited(credits) + document.gross > credits.gross
          ? 'OVER_CREDITED'
          : null;
      expect(await refusal(commands.execute(new IssueInvoice(document.id)))).toBe(expected);
      if (expected === null) document.issuedOn = draftDates.get(document.id)!;
    };
  });

  const credit = fc.tuple(which, fc.option(cents), day).map(([at, amount, days]): Step => {
    return async ({ model }) => {
      const document = pick(model.documents, at);
      if (document === undefined) return;
      const issuedOn = addDays(model.today, days);
      const rest = document.gross - model.credited(document);
      const expected =
        document.kind === 'CREDIT_NOTE' || !document.issuedOn
          ? 'NOT_CREDITABLE'
          : rest <= 0 || (amount ?? 0) > rest
            ? 'OVER_CREDITED'
            : null;
      let id = '';
      const done = commands
        .execute(new CreditInvoice(document.id, { amount, issuedOn }))
        .then((note) => (id = note.id));
      expect(await refusal(done)).toBe(expected);
      if (expected !== null) return;
      const gross = amount ?? rest;
      model.documents.push({ id, kind: 'CREDIT_NOTE', gross, issuedOn, credits: document, payments: [] });
    };
  });

  const payment = fc
    .tuple(which, fc.constantFrom('PAYMENT', 'REFUND', 'WRITE_OFF'), fc.option(cents), day)
    .map(([at, kind, amount, days]): Step => {
      return async ({ model }) => {
        const document = pick(model.documents, at);
        if (document === undefined) return;
        // without an amount, books exactly the open balance, so that groups get settled
        const open = Math.abs(model.balance(document)) || 1;
        const settling = model.balance(document) < 0 ? ('REFUND' as const) : ('PAYMENT' as const);
        const booked = {
          kind: amount === null ? settling : kind,
          amount: amount ?? open,
          paidOn: addDays(model.today, amount === null ? 0 : days),
        };
        const expected = document.issuedOn ? null : 'INVOICE_NOT_ISSUED';
        expect(await refusal(commands.execute(new BookPayment(document.id, booked)))).toBe(expected);
        if (expected === null) document.payments.push(booked);
      };
    });

  const contract = fc.tuple(fc.boolean(), fc.option(day), fc.boolean()).map(([signed, days, autoRenew]): Step => {
    return async ({ model, customerId }) => {
      const endsOn = days === null ? null : addDays(model.today, days);
      const status = signed ? ('SIGNED' as const) : ('DRAFT' as const);
      const fields = { status, startsOn: model.today, endsOn, autoRenew };
      const { id } = await commands.execute(new AddRecord(serviceContracts, customerId, fields));
      model.contracts.push({ id, signed, voided: false, endsOn: autoRenew ? null : endsOn });
    };
  });

  const contractAction = fc
    .tuple(which, fc.constantFrom('SIGN', 'VOID', 'TERMINATE'), day)
    .map(([at, action, days]): Step => {
      return async ({ model }) => {
        const found = pick(model.contracts, at);
        if (found === undefined) return;
        const effectiveOn = addDays(model.today, days);
        const { command, expected } = {
          SIGN: { command: new SignServiceContract(found.id), expected: found.signed ? 'CONTRACT_NOT_DRAFT' : null },
          VOID: { command: new VoidServiceContract(found.id), expected: null },
          TERMINATE: {
            command: new TerminateServiceContract(found.id, effectiveOn),
            expected: !found.signed ? 'CONTRACT_NOT_SIGNED' : model.runs(found) ? null : 'CONTRACT_ENDED',
          },
        }[action];
        const refused = found.voided ? 'CONTRACT_VOIDED' : expected;
        expect(await refusal(commands.execute(command))).toBe(refused);
        if (refused !== null) return;
        if (action === 'SIGN') found.signed = true;
        else if (action === 'VOID') found.voided = true;
        else found.endsOn = effectiveOn;
      };
    });

  const careCase = fc.constant<Step>(async ({ model, customerId }) => {
    const fields = { branchCode: MASTER.branchCode, type: 'REPAIR', status: 'OPEN', openedOn: model.today } as const;
    const { id } = await commands.execute(new AddRecord(careCases, customerId, fields));
    model.cases.push({ id, open: true });
  });

  const closing = fc.tuple(which, fc.boolean()).map(([at, completes]): Step => {
    return async ({ model }) => {
      const found = pick(model.cases, at);
      if (found === undefined) return;
      const command = completes ? new CompleteCareCase(found.id) : new CancelCareCase(found.id);
      expect(await refusal(commands.execute(command))).toBe(found.open ? null : 'CARE_CASE_CLOSED');
      found.open = false;
    };
  });

  const loan = fc.constant<Step>(async ({ model, customerId }) => {
    const fields = { serialNumber: `SN-${++devices}`, kind: 'TRIAL', issuedOn: model.today } as const;
    const { id } = await commands.execute(new AddRecord(deviceLoans, customerId, fields));
    model.loans.push({ id, resolvedOn: null });
  });

  const resolution = fc
    .tuple(which, fc.constantFrom('RETURNED', 'SOLD', 'WRITTEN_OFF'), day)
    .map(([at, outcome, days]): Step => {
      return async ({ model }) => {
        const found = pick(model.loans, at);
        if (found === undefined) return;
        const resolvedOn = addDays(model.today, days);
        const expected = found.resolvedOn !== null && found.resolvedOn <= model.today ? 'DEVICE_LOAN_RESOLVED' : null;
        const command = new ResolveDeviceLoan(found.id, { resolution: outcome, resolvedOn });
        expect(await refusal(commands.execute(command))).toBe(expected);
        if (expected === null) found.resolvedOn = resolvedOn;
      };
    });

  const card = fc.option(day).map((days): Step => {
    return async ({ model, customerId }) => {
      const number = `CARD-${++devices}`;
      const { id } = await commands.execute(new AddRecord(cards, customerId, { number }));
      const added = { id, number, invalidatedOn: null };
      model.cards.push(added);
      const endsOn = days === null ? null : addDays(model.today, days);
      const fields = { programCode: MASTER.programCode, cardNumber: number, startsOn: model.today, endsOn };
      const enrollment = await commands.execute(new AddRecord(enrollments, customerId, fields));
      model.enrollments.push({ id: enrollment.id, card: added, endsOn });
    };
  });

  const invalidation = fc.tuple(which, day).map(([at, days]): Step => {
    return async ({ model }) => {
      const found = pick(model.cards, at);
      if (found === undefined) return;
      const date = addDays(model.today, days);
      const expected = model.isValid(found) ? null : 'CARD_INVALIDATED';
      expect(await refusal(commands.execute(new InvalidateCard(found.id, date)))).toBe(expected);
      if (expected === null) found.invalidatedOn = date;
    };
  });

  const ending = fc.tuple(which, day).map(([at, days]): Step => {
    return async ({ model }) => {
      const found = pick(model.enrollments, at);
      if (found === undefined) return;
      const date = addDays(model.today, days);
      const expected = found.endsOn !== null && found.endsOn < model.today ? 'ENROLLMENT_ENDED' : null;
      expect(await refusal(commands.execute(new EndEnrollment(found.id, date)))).toBe(expected);
      if (expected === null) found.endsOn = date;
    };
  });

  const time = fc.integer({ min: 1, max: 120 }).map((days): Step => {
    return ({ model }) => {
      model.today = addDays(model.today, days);
      on(model.today);
      return Promise.resolve();
    };
  });

  const step = fc.oneof(
    { weight: 4, arbitrary: invoice },
    { weight: 3, arbitrary: draftNote },
    { weight: 3, arbitrary: issue },
    { weight: 5, arbitrary: credit },
    { weight: 8, arbitrary: payment },
    { weight: 2, arbitrary: contract },
    { weight: 4, arbitrary: contractAction },
    { weight: 1, arbitrary: careCase },
    { weight: 2, arbitrary: closing },
    { weight: 1, arbitrary: loan },
    { weight: 2, arbitrary: resolution },
    { weight: 2, arbitrary: card },
    { weight: 2, arbitrary: invalidation },
    { weight: 2, arbitrary: ending },
    { weight: 3, arbitrary: time },
  );

  it('have the balances and blockers of a simple model', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 28, size: 'max' }), async (steps) => {
        on(FIRST_DAY);
        const world = { model: new Model(), customerId: await app.records.customer() };
        for (const each of steps) {
          await each(world);
          const expected = world.model.blockers();
          for (const blocker of expected) met.add(blocker.split(' ')[0]!);
          expect(await blockersOf(world)).toEqual(expected);
        }
        const { items } = await queries.execute(new ListRecords(invoices, world.customerId, { limit: 200 }));
        const balances = items.map(({ id, balance }) => [id, balance]);
        expect(balances).toEqual(world.model.documents.map((each) => [each.id, world.model.balance(each)]));
      }),
      { numRuns: RUNS },
    );
    expect([...met].sort()).toEqual([
      'ACTIVE_PROGRAM_CARD',
      'OPEN_CARE_CASE',
      'RECENT_INVOICE',
      'RUNNING_SERVICE_CONTRACT',
      'UNPAID_INVOICE',
      'UNRETURNED_TRIAL_DEVICE',
    ]);
  });

  async function blockersOf({ customerId, model }: World): Promise<string[]> {
    const verdicts = await app.nest
      .get(TransactionRunner, { strict: false })
      .run(() => app.nest.get(ValidationGuard, { strict: false }).check([customerId], model.today));
    const found = verdicts.get(customerId) ?? [];
    return found.map(({ code, recordId, clearsOn }) => `${code} ${recordId} ${clearsOn}`).sort();
  }
});

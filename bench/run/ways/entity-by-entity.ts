import type { EntityManager, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { ModuleName, Treatment } from '../../../src/kernel/personal-data';
import { AnonymizationRunItem } from '../../../src/modules/runs/entities/anonymization-run-item.entity';
import { OutboxMessage } from '../../../src/platform/outbox/outbox-message.entity';
import { ArchiveDocument } from '../../../src/modules/archive/entities/archive-document.entity';
import { ArchiveKey } from '../../../src/modules/archive/entities/archive-key.entity';
import { auditEntry } from '../../../src/modules/audit';
import { AuditEntry } from '../../../src/modules/audit/entities/audit-entry.entity';
import { Address } from '../../../src/modules/customer/entities/address.entity';
import { CostBearerMembership } from '../../../src/modules/customer/entities/cost-bearer-membership.entity';
import { CustomerSearch } from '../../../src/modules/customer/entities/customer-search.entity';
import { Customer } from '../../../src/modules/customer/entities/customer.entity';
import { FormerIdentity } from '../../../src/modules/customer/entities/former-identity.entity';
import { HealthInsuranceCard } from '../../../src/modules/customer/entities/health-insurance-card.entity';
import { LegalHold } from '../../../src/modules/customer/entities/legal-hold.entity';
import { MarketingConsent } from '../../../src/modules/customer/entities/marketing-consent.entity';
import { Relationship } from '../../../src/modules/customer/entities/relationship.entity';
import { CareCase } from '../../../src/modules/device/entities/care-case.entity';
import { DeviceLoan } from '../../../src/modules/device/entities/device-loan.entity';
import { StockItem } from '../../../src/modules/device/entities/stock-item.entity';
import { ENTITIES_BY_MODULE } from '../../../src/app/entities';
import { BankAccount } from '../../../src/modules/finance/entities/bank-account.entity';
import { InvoiceLine } from '../../../src/modules/finance/entities/invoice-line.entity';
import { Invoice } from '../../../src/modules/finance/entities/invoice.entity';
import { Payment } from '../../../src/modules/finance/entities/payment.entity';
import { Quote } from '../../../src/modules/finance/entities/quote.entity';
import { Receipt } from '../../../src/modules/finance/entities/receipt.entity';
import { ServiceContract } from '../../../src/modules/finance/entities/service-contract.entity';
import { CustomerCard } from '../../../src/modules/loyalty/entities/customer-card.entity';
import { LoyaltyProgram } from '../../../src/modules/loyalty/entities/loyalty-program.entity';
import { LoyaltyTransaction } from '../../../src/modules/loyalty/entities/loyalty-transaction.entity';
import { ProgramEnrollment } from '../../../src/modules/loyalty/entities/program-enrollment.entity';
import { SelectionMember } from '../../../src/modules/selection/entities/selection-member.entity';
import { createDataSource } from '../../../src/platform/database/data-source';
import { dataMapInForce } from './data-map-in-force';
import { preparedRun, type PreparedRun } from './prepared-run';
import type { Way } from './way';

/** With the ids behind the natural keys of other records. */
type StoredInvoice = Invoice & { readonly creditsId: string | null };
type StoredEnrollment = ProgramEnrollment & { readonly programId: string; readonly cardId: string | null };

/** So slow that a sample is enough. */
const SAMPLE = 300;

/**
 * A typical implementation: for each customer one transaction in which repositories load, change and save one entity
 * after the other. It has the same rules, writes and audit entries as the hand-written SQL, and also lacks redaction,
 * sealing and sealed copies.
 */
export const entityByEntity: Way = async (database) => {
  const sql = await database.connect();
  const run = await preparedRun(sql);
  const { rows } = await sql.query<{ customer_id: string }>(
    `SELECT customer_id FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY' ORDER BY customer_id LIMIT ${SAMPLE}`,
    [run.runId],
  );
  await sql.end();
  const dataMap = await dataMapInForce(database);
  const dataSource = await createDataSource(
    database.as('lethe_app'),
    Object.values(ENTITIES_BY_MODULE).flat(),
  ).initialize();
  const wal = await database.walPosition();
  const start = performance.now();
  for (const { customer_id } of rows)
    await dataSource.transaction((manager) => new Forgetting(manager, run, dataMap, customer_id).forget());
  const seconds = (performance.now() - start) / 1000;
  const walBytes = await database.walSince(wal);
  const customers = await dataSource.manager.countBy(Customer, { anonymizationRunId: run.runId });
  await dataSource.destroy();
  return { customers, seconds, walBytes };
};

type EntityType<Entity> = new () => Entity;

/** Anonymizes one customer in one transaction. */
class Forgetting {
  private readonly now = new Date();
  private effects: Record<string, Record<string, number>> = {};

  constructor(
    private readonly manager: EntityManager,
    private readonly run: PreparedRun,
    private readonly dataMap: string,
    private readonly customerId: string,
  ) {}

  async forget(): Promise<void> {
    const customer = await this.manager.findOneOrFail(Customer, {
      where: { id: this.customerId },
      lock: { mode: 'pessimistic_write' },
    });
    const item = await this.manager.findOneByOrFail(AnonymizationRunItem, {
      runId: this.run.runId,
      customerId: this.customerId,
    });
    if (await this.isBlocked()) {
      item.state = 'BLOCKED';
    } else {
      await this.forgetFinance();
      await this.forgetDevice();
      await this.forgetLoyalty();
      await this.forgetArchive();
      await this.forgetCustomer(customer);
      item.state = 'ANONYMIZED';
    }
    await this.manager.save(item);
  }

  private async isBlocked(): Promise<boolean> {
    const { today, months } = this.run;
    const documents = ((await this.of(Invoice)) as StoredInvoice[]).filter(({ status }) => status === 'ISSUED');
    const payments = (await this.of(Payment)).filter(({ paidOn }) => paidOn <= today);
    for (const head of documents.filter(({ creditsId }) => creditsId === null)) {
      const group = documents.filter(({ id, creditsId }) => id === head.id || creditsId === head.id);
      const booked = payments.filter(({ invoiceId }) => group.some(({ id }) => id === invoiceId));
      const balance =
        sum(group.map(({ kind, gross }) => (kind === 'INVOICE' ? gross : -gross))) -
        sum(booked.map(({ kind, amount }) => (kind === 'REFUND' ? -amount : amount)));
      if (balance !== 0) return true;
    }
    const credited = (id: string) => sum(documents.filter((note) => note.creditsId === id).map(({ gross }) => gross));
    if (
      documents.some(
        ({ id, kind, gross, issuedOn }) =>
          today < monthsLater(issuedOn!, months) && !(kind === 'INVOICE' && credited(id) > 0 && gross <= credited(id)),
      )
    )
      return true;
    const contracts = (await this.of(ServiceContract)).filter(
      ({ status, voidedOn }) => status === 'SIGNED' && voidedOn === null,
    );
    const endOf = ({ terminationEffectiveOn, autoRenew, endsOn }: ServiceContract) =>
      terminationEffectiveOn ?? (autoRenew ? null : endsOn);
    if (contracts.some((contract) => (endOf(contract) ?? today) >= today)) return true;
    if ((await this.of(CareCase)).some(({ status }) => status === 'OPEN')) return true;
    if ((await this.of(DeviceLoan)).some(({ resolvedOn }) => !resolvedOn || resolvedOn > today)) return true;
    for (const { programId, cardId, endsOn } of (await this.of(ProgramEnrollment)) as StoredEnrollment[]) {
      if (cardId === null || (endsOn && endsOn < today)) continue;
      const card = await this.manager.findOneByOrFail(CustomerCard, { id: cardId });
      const program = await this.manager.findOneByOrFail(LoyaltyProgram, { id: programId });
      const isOver = (program.endsOn ?? today) < today || (program.archivedOn && program.archivedOn <= today);
      if (!isOver && (!card.invalidatedOn || card.invalidatedOn > today)) return true;
    }
    return (await this.of(LegalHold)).some(({ liftedAt }) => liftedAt === null);
  }

  private async forgetFinance(): Promise<void> {
    const drafts = (await this.of(Invoice)).filter(({ status }) => status === 'DRAFT').map(({ id }) => id);
    await this.remove(BankAccount);
    await this.remove(InvoiceLine, ({ invoiceId }) => drafts.includes(invoiceId));
    await this.remove(Payment, ({ invoiceId }) => drafts.includes(invoiceId));
    await this.change(Payment, (payment) => Object.assign(payment, { payerName: null, iban: null, reference: null }));
    await this.remove(Invoice, ({ status }) => status === 'DRAFT');
    await this.change(Invoice, (invoice) =>
      Object.assign(invoice, { recipientName: this.run.label, recipientAddress: null, remark: null }),
    );
    await this.change(Quote, (quote) => {
      Object.assign(quote, { recipientName: this.run.label, recipientAddress: null, remark: null });
      if (quote.status === 'OPEN')
        Object.assign(quote, { status: 'ENDED', endedOn: this.run.today, endReason: 'CUSTOMER_ANONYMIZED' });
    });
    await this.change(Receipt, (receipt) => Object.assign(receipt, { customerName: this.run.label }));
    await this.remove(ServiceContract, ({ status }) => status === 'DRAFT');
    await this.change(ServiceContract, (contract) => Object.assign(contract, { note: null }));
    await this.record('finance');
  }

  private async forgetDevice(): Promise<void> {
    await this.change(CareCase, (careCase) => Object.assign(careCase, { title: null, note: null }));
    await this.change(DeviceLoan, (loan) => Object.assign(loan, { note: null }));
    await this.change(StockItem, (item) => Object.assign(item, { ownerName: this.run.label }));
    await this.record('device');
  }

  private async forgetLoyalty(): Promise<void> {
    await this.change(ProgramEnrollment, (enrollment) =>
      Object.assign(enrollment, { cardId: null, voucherNumber: null }),
    );
    await this.change(LoyaltyTransaction, (movement) => Object.assign(movement, { cardNumber: null }));
    await this.remove(CustomerCard);
    await this.record('loyalty');
  }

  private async forgetArchive(): Promise<void> {
    for (const { contentId, retentionClass } of await this.of(ArchiveDocument))
      if (retentionClass === 'NONE')
        await this.manager.save(
          this.manager.create(OutboxMessage, {
            topic: 'archive.remove-content',
            payload: { contentId },
            attempts: 0,
            dueAt: this.now,
            createdAt: this.now,
          }),
        );
    await this.remove(ArchiveDocument, ({ retentionClass }) => retentionClass === 'NONE');
    await this.change(ArchiveDocument, (document) =>
      Object.assign(document, { title: 'Versiegelt', fileName: 'versiegelt', sealedAt: this.now }),
    );
    await this.remove(ArchiveKey, ({ retentionClass }) => retentionClass === 'NONE');
    await this.record('archive');
  }

  private async forgetCustomer(customer: Customer): Promise<void> {
    await this.remove(SelectionMember);
    await this.remove(CustomerSearch);
    await this.remove(FormerIdentity);
    await this.remove(Address);
    for (const relationship of await this.manager.findBy(Relationship, [
      { customerId: this.customerId },
      { relatedCustomerId: this.customerId } as FindOptionsWhere<Relationship>,
    ]))
      await this.manager.remove(relationship);
    await this.change(CostBearerMembership, (membership) =>
      Object.assign(membership, { memberNumber: null, insuredStatus: null, mainInsuredPerson: null }),
    );
    await this.remove(HealthInsuranceCard);
    await this.remove(MarketingConsent);
    await this.record('customer');
    Object.assign(customer, {
      salutation: null,
      title: null,
      firstName: null,
      birthName: null,
      companyName: null,
      birthDate: null,
      gender: null,
      email: null,
      phone: null,
      mobile: null,
      note: null,
      physician: null,
      lastName: this.run.label,
      status: 'DELETED',
      anonymizedAt: this.now,
      anonymizedBy: this.run.actorId,
      anonymizationRunId: this.run.runId,
    });
    await this.manager.save(customer);
  }

  private of<Entity extends ObjectLiteral>(type: EntityType<Entity>): Promise<Entity[]> {
    return this.manager.findBy(type, { customerId: this.customerId } as unknown as FindOptionsWhere<Entity>);
  }

  private async remove<Entity extends ObjectLiteral>(
    type: EntityType<Entity>,
    goes: (entity: Entity) => boolean = () => true,
  ): Promise<void> {
    const gone = (await this.of(type)).filter(goes);
    for (const entity of gone) await this.manager.remove(entity);
    this.count(type, 'ERASE_ROWS', gone.length);
  }

  private async change<Entity extends ObjectLiteral>(
    type: EntityType<Entity>,
    change: (entity: Entity) => void,
  ): Promise<void> {
    const entities = await this.of(type);
    for (const entity of entities) {
      change(entity);
      await this.manager.save(entity);
    }
    this.count(type, 'ERASE', entities.length);
  }

  private count(type: EntityType<object>, treatment: Treatment, rows: number): void {
    const { tableName } = this.manager.connection.getMetadata(type);
    if (rows > 0) this.effects[tableName] = { ...this.effects[tableName], [treatment]: rows };
  }

  private async record(module: ModuleName): Promise<void> {
    const entry = auditEntry(
      {
        action: 'CUSTOMER_DATA_ANONYMIZED',
        module,
        outcome: 'SUCCEEDED',
        actorId: this.run.actorId,
        actorRole: 'ADMINISTRATOR',
        customerId: this.customerId,
        runId: this.run.runId,
        details: { reason: 'RETENTION_EXPIRED', reference: null, dataMap: this.dataMap, effects: this.effects },
      },
      this.now,
    );
    const columns = JSON.parse(entry.canonical) as AuditEntry; // and details, which is no column
    await this.manager.insert(AuditEntry, { ...columns, ...entry });
    this.effects = {};
  }
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Clamps the day to the last one of the month, as PostgreSQL does when it adds months. */
function monthsLater(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

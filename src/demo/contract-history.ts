import { addDays, type BusinessDate } from '../kernel/business-date';
import { addMonths } from './calendar';
import type { Customer } from './customer';
import type { DemoRun } from './demo-run';
import { CONTRACT_MATTERS, type ContractMatter } from './open-matters';
import { nameAsTyped, traceOf } from './spelling';

interface Contract {
  readonly status?: 'DRAFT';
  readonly startsOn: BusinessDate;
  readonly endsOn?: BusinessDate;
  readonly renewsItself?: true;
  readonly terminatedTo?: BusinessDate;
  readonly voidedOn?: BusinessDate;
}

/** Contracts that are not binding. `startsOn` is at least two and a half years ago. */
const PAST: readonly ((startsOn: BusinessDate, today: BusinessDate) => Contract)[] = [
  (startsOn) => ({ startsOn, endsOn: addMonths(startsOn, 24) }),
  (startsOn) => ({
    startsOn,
    endsOn: addMonths(startsOn, 12),
    renewsItself: true,
    terminatedTo: addMonths(startsOn, 24),
  }),
  (startsOn) => ({ startsOn, renewsItself: true, voidedOn: addDays(startsOn, 10) }),
  (_, today) => ({ status: 'DRAFT', startsOn: addDays(today, 30), endsOn: addMonths(today, 25) }),
];

const OPEN_MATTERS: Readonly<Record<ContractMatter, (today: BusinessDate) => Contract>> = {
  RUNNING_CONTRACT: (today) => ({ startsOn: addMonths(today, -24), endsOn: today }),
  SELF_RENEWING_CONTRACT: (today) => ({
    startsOn: addMonths(today, -30),
    endsOn: addMonths(today, -6),
    renewsItself: true,
  }),
  ENDLESS_CONTRACT: (today) => ({ startsOn: addMonths(today, -40) }),
  TERMINATED_LATER: (today) => ({
    startsOn: addMonths(today, -40),
    renewsItself: true,
    terminatedTo: addMonths(today, 2),
  }),
  FUTURE_CONTRACT: (today) => ({ startsOn: addMonths(today, 1), endsOn: addMonths(today, 25) }),
};

/** Writes service contracts. */
export function writeContractHistory(run: DemoRun, customer: Customer): void {
  const { random, today } = run;
  if (random.happens(0.4)) writeContract(run, customer, random.one(PAST)(customer.knownFrom, today));
  for (const matter of CONTRACT_MATTERS) {
    if (customer.openMatters.has(matter)) writeContract(run, customer, OPEN_MATTERS[matter](today));
  }
}

function writeContract({ random, numbers, folder }: DemoRun, customer: Customer, contract: Contract): void {
  folder.add('service_contracts', {
    number: numbers.label('SV'),
    customer_number: customer.number,
    status: contract.status ?? 'SIGNED',
    starts_on: contract.startsOn,
    ends_on: contract.endsOn,
    auto_renew: contract.renewsItself ?? false,
    termination_effective_on: contract.terminatedTo,
    voided_on: contract.voidedOn,
    title: random.happens(0.4) ? `Rundum-Service ${nameAsTyped(random, customer)}` : 'Rundum-Service Hörgeräte',
    note: random.maybe(0.3, () => `Unterschrift liegt vor, ${traceOf(random, customer)}`),
  });
}

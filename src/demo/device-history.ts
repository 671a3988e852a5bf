import { addDays, type BusinessDate } from '../kernel/business-date';
import { type Customer, indexName } from './customer';
import type { DemoRun } from './demo-run';
import { DEVICE_MATTERS, type DeviceMatter } from './open-matters';
import { CARE_CASE_TYPES, type CareCaseType, PIECES_WITH_SERIAL_NUMBER, RANGE } from './product-range';
import type { Weighted } from './random-source';
import { nameAsTyped, traceOf } from './spelling';

/** A customer's visit, which the sales refer to. */
export interface Visit {
  readonly caseNumber: string | null;
  readonly type: CareCaseType;
  readonly openedOn: BusinessDate;
  readonly closedOn: BusinessDate;
}

const VISITS: Weighted<number> = [
  [8, 0],
  [22, 1],
  [30, 2],
  [25, 3],
  [15, 4],
];
const TYPES: Weighted<CareCaseType> = [
  [30, 'FITTING'],
  [18, 'GLASSES'],
  [12, 'SERVICE'],
  [10, 'REPAIR'],
  [8, 'EARMOULD'],
  [6, 'CONTACT_LENS'],
  [5, 'REFRACTION'],
  [4, 'COCHLEA'],
  [4, 'CAMPAIGN'],
  [3, 'OTHER'],
];

/** Writes care cases, the customer's own devices and loans. Returns the visits with a sale. */
export function writeDeviceHistory(run: DemoRun, customer: Customer): Visit[] {
  const { random } = run;
  const visits = Array.from({ length: random.weighted(VISITS) }, () => writeVisit(run, customer));
  for (let device = random.integer(0, 2); device > 0; device--) writeOwnDevice(run, customer);
  for (const matter of DEVICE_MATTERS) if (customer.openMatters.has(matter)) OPEN_MATTERS[matter](run, customer);
  return visits.filter((visit) => visit !== null);
}

/** Writes a closed case with its loans. Returns null when it ended without a sale. */
function writeVisit(run: DemoRun, customer: Customer): Visit | null {
  const { random } = run;
  const type = random.weighted(TYPES);
  const openedOn = random.date(customer.knownFrom, customer.knownTo);
  const closedOn = addDays(openedOn, random.integer(0, 50));
  const isCancelled = random.happens(0.08);
  const caseNumber = writeCase(run, customer, {
    type,
    openedOn,
    closedOn,
    status: isCancelled ? 'CANCELLED' : 'COMPLETED',
  });
  if (type === 'REPAIR' && random.happens(0.6)) {
    const resolution = random.happens(0.95) ? 'RETURNED' : 'WRITTEN_OFF';
    writeLoan(run, customer, { kind: 'LOANER', issuedOn: openedOn, resolution, resolvedOn: closedOn });
  } else if (type === 'FITTING' && random.happens(0.7)) {
    const resolution = isCancelled ? 'RETURNED' : random.one(['RETURNED', 'SOLD'] as const);
    writeLoan(run, customer, { kind: 'TRIAL', issuedOn: openedOn, resolution, resolvedOn: closedOn });
  }
  return isCancelled ? null : { caseNumber, type, openedOn, closedOn };
}

const OPEN_MATTERS: Readonly<Record<DeviceMatter, (run: DemoRun, customer: Customer) => void>> = {
  OPEN_CASE: (run, customer) => {
    const openedOn = addDays(run.today, -run.random.integer(0, 120));
    writeCase(run, customer, { type: run.random.one(CARE_CASE_TYPES), openedOn, closedOn: null, status: 'OPEN' });
  },
  TRIAL_OUT: (run, customer) => {
    writeLoan(run, customer, { kind: 'TRIAL', issuedOn: addDays(run.today, -run.random.integer(0, 90)) });
  },
  LOANER_OUT: (run, customer) => {
    writeLoan(run, customer, { kind: 'LOANER', issuedOn: run.random.date(customer.knownTo, run.today) });
  },
  RETURN_ANNOUNCED: (run, customer) => {
    const resolvedOn = addDays(run.today, run.random.integer(1, 14));
    writeLoan(run, customer, { kind: 'TRIAL', issuedOn: addDays(run.today, -20), resolution: 'RETURNED', resolvedOn });
  },
};

interface CareCase {
  readonly type: CareCaseType;
  readonly status: 'OPEN' | 'COMPLETED' | 'CANCELLED';
  readonly openedOn: BusinessDate;
  readonly closedOn: BusinessDate | null;
}

function writeCase({ random, folder, numbers }: DemoRun, customer: Customer, careCase: CareCase): string {
  const { type, status, openedOn, closedOn } = careCase;
  const number = numbers.label(`V-${openedOn.slice(0, 4)}`);
  folder.add('care_cases', {
    number,
    customer_number: customer.number,
    branch_code: customer.branch.code,
    type,
    status,
    opened_on: openedOn,
    closed_on: closedOn,
    title: random.happens(0.3) ? `${RANGE[type].title} ${nameAsTyped(random, customer)}` : RANGE[type].title,
    note: random.maybe(0.3, () => `Anruf, ${traceOf(random, customer)}`),
  });
  return number;
}

function writeOwnDevice({ random, folder, numbers }: DemoRun, customer: Customer): void {
  folder.add('stock_items', {
    serial_number: numbers.label('SN'),
    article: random.one(PIECES_WITH_SERIAL_NUMBER).name,
    owner: 'CUSTOMER',
    customer_number: customer.number,
    owner_name: random.happens(0.5) ? indexName(customer) : nameAsTyped(random, customer),
    status: random.weighted([
      [80, 'AT_CUSTOMER'],
      [12, 'IN_REPAIR'],
      [8, 'IN_STOCK'],
    ]),
    branch_code: customer.branch.code,
  });
}

interface Loan {
  readonly kind: 'TRIAL' | 'LOANER';
  readonly issuedOn: BusinessDate;
  readonly resolution?: 'RETURNED' | 'SOLD' | 'WRITTEN_OFF';
  readonly resolvedOn?: BusinessDate;
}

/** Writes a loan and its device. A sold device becomes the customer's own. */
function writeLoan({ random, folder, numbers, today }: DemoRun, customer: Customer, loan: Loan): void {
  const { number: customer_number, branch } = customer;
  const { kind, issuedOn, resolution, resolvedOn } = loan;
  const serial_number = numbers.label('SN');
  const isSold = resolution === 'SOLD';
  const isOut = !resolvedOn || resolvedOn > today;
  folder.add('stock_items', {
    serial_number,
    article: random.one(PIECES_WITH_SERIAL_NUMBER).name,
    owner: isSold ? 'CUSTOMER' : 'SHOP',
    customer_number: isSold ? customer_number : null,
    owner_name: isSold ? indexName(customer) : null,
    status: isSold || isOut ? 'AT_CUSTOMER' : random.one(['RETURNED', 'IN_STOCK']),
    branch_code: branch.code,
  });
  folder.add('device_loans', {
    customer_number,
    serial_number,
    kind,
    issued_on: issuedOn,
    due_on: addDays(issuedOn, 28),
    resolution,
    resolved_on: resolvedOn,
    note: random.maybe(0.3, () => `Gerät ${traceOf(random, customer)}`),
  });
}

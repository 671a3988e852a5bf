import { addDays, type BusinessDate } from '../kernel/business-date';
import { addMonths, earlier } from './calendar';
import type { Customer } from './customer';
import type { DemoRun } from './demo-run';
import { endOfEndedProgram, PROGRAMS } from './master-records';
import { euros } from './money';
import { LOYALTY_MATTERS, type LoyaltyMatter } from './open-matters';

interface Participation {
  readonly program: string;
  readonly startsOn: BusinessDate;
  readonly endsOn?: BusinessDate;
  /** Null when the customer participates without a card. */
  readonly card: { readonly validUntil: BusinessDate; readonly invalidatedOn?: BusinessDate } | null;
}

/** Participations whose card is no longer valid, each for a different reason. */
const PAST: readonly ((startsOn: BusinessDate, today: BusinessDate) => Participation)[] = [
  (startsOn, today) => ({
    program: PROGRAMS.running,
    startsOn,
    card: { validUntil: addMonths(today, 12), invalidatedOn: addMonths(startsOn, 5) },
  }),
  (startsOn, today) => ({
    program: PROGRAMS.running,
    startsOn,
    endsOn: earlier(addMonths(startsOn, 12), addDays(today, -1)),
    card: { validUntil: addMonths(startsOn, 48) },
  }),
  (startsOn) => ({ program: PROGRAMS.running, startsOn, card: null }),
  (startsOn) => ({ program: PROGRAMS.ended, startsOn, card: { validUntil: addMonths(startsOn, 48) } }),
  (startsOn) => ({ program: PROGRAMS.archived, startsOn, card: { validUntil: addMonths(startsOn, 48) } }),
];

const OPEN_MATTERS: Readonly<Record<LoyaltyMatter, (startsOn: BusinessDate, today: BusinessDate) => Participation>> = {
  ACTIVE_CARD: (startsOn, today) => ({
    program: PROGRAMS.running,
    startsOn,
    card: { validUntil: addMonths(today, 24) },
  }),
  EXPIRED_CARD: (startsOn, today) => ({
    program: PROGRAMS.running,
    startsOn,
    card: { validUntil: addMonths(today, -3) },
  }),
  ENROLLMENT_ENDS_LATER: (startsOn, today) => ({
    program: PROGRAMS.running,
    startsOn,
    endsOn: addMonths(today, 3),
    card: { validUntil: addMonths(today, 24) },
  }),
};

/** Writes cards, participations and collected points. */
export function writeLoyaltyHistory(run: DemoRun, customer: Customer): void {
  const { random, today } = run;
  const startsOn = random.date(customer.knownFrom, earlier(customer.knownTo, endOfEndedProgram(today)));
  if (random.happens(0.45)) writeParticipation(run, customer, random.one(PAST)(startsOn, today));
  for (const matter of LOYALTY_MATTERS) {
    if (customer.openMatters.has(matter)) writeParticipation(run, customer, OPEN_MATTERS[matter](startsOn, today));
  }
}

function writeParticipation(
  run: DemoRun,
  { number: customer_number, knownTo }: Customer,
  participation: Participation,
): void {
  const { random, numbers, folder } = run;
  const { program: program_code, startsOn: starts_on, endsOn: ends_on, card } = participation;
  const card_number = card && `C${numbers.digits('card', 10)}`;
  if (card) {
    const { validUntil: valid_until, invalidatedOn: invalidated_on } = card;
    folder.add('customer_cards', { number: card_number, customer_number, valid_until, invalidated_on });
  }
  const voucher_number = random.maybe(0.3, () => numbers.label('GUT'));
  folder.add('program_enrollments', { customer_number, program_code, card_number, starts_on, ends_on, voucher_number });
  random.times(0, 4, () => {
    const cents = random.integer(500, 90_000);
    folder.add('loyalty_transactions', {
      customer_number,
      program_code,
      occurred_at: random.openingHour(random.date(starts_on, earlier(knownTo, ends_on ?? knownTo))),
      points: random.happens(0.2) ? -random.integer(10, 100) : Math.floor(cents / 100),
      amount: euros(cents),
      card_number,
    });
  });
}

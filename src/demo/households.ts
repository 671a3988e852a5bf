import { addDays, type BusinessDate } from '../kernel/business-date';
import { addMonths } from './calendar';
import type { Customer, Home } from './customer';
import type { DemoRun } from './demo-run';
import { type Branch, BRANCHES, COST_BEARERS } from './master-records';
import { openMatters, type OpenMatter } from './open-matters';
import type { RandomSource, Weighted } from './random-source';
import { asciiSlug } from './spelling';

type Gender = 'weiblich' | 'männlich' | 'divers';
type Sex = 'female' | 'male';

/** `kind` is the related customer's role in relation to the customer. */
export interface Kinship {
  readonly customer: Customer;
  readonly related: Customer;
  readonly kind: string;
}

export interface Household {
  readonly members: readonly Customer[];
  readonly kinships: readonly Kinship[];
}

const GIVEN_NAMES_BEFORE_1965: Readonly<Record<Sex, readonly string[]>> = {
  // prettier-ignore
  female: ['Ursula', 'Ingrid', 'Helga', 'Renate', 'Karin', 'Gisela', 'Christa', 'Erika', 'Käthe', 'Hannelore', 'Brigitte', 'Bärbel', 'Gerda', 'Waltraud', 'Ilse', 'Rosemarie', 'Anna-Maria', 'Edeltraud', 'Irmgard', 'Sigrid'],
  // prettier-ignore
  male: ['Hans', 'Günter', 'Klaus', 'Horst', 'Dieter', 'Jürgen', 'Manfred', 'Helmut', 'Werner', 'Karl-Heinz', 'Gerhard', 'Wolfgang', 'Otto', 'Heinz', 'Rolf', 'Götz', 'Hans-Jörg', 'Siegfried', 'Ernst', 'Walter'],
};
/** Names that are difficult for redaction, search and collations. */
// prettier-ignore
const DIFFICULT_LAST_NAMES = ['Müller', 'Weiß', 'Groß', 'Klein', 'Otto', 'Böhm', 'Jäger', 'Schön', 'Lang', 'Vogel', 'Ölschläger', 'Rößler', 'Straßer', 'Brille', 'Hörmann', 'Sehring', "D'Angelo", 'Kühn'];
const PARTICLES = ['von', 'von der', 'van den', 'zu', 'de', 'Freiherr von'];
const FIRST_CUSTOMER_NUMBER = 100_001;
const MONTHS_OF_HISTORY = 120;
const MAIL_DOMAINS = ['example.org', 'example.net', 'post.example', 'mail.example'];
const MOBILE_RANGES = ['0171 39200##', '0176 040690##', '0152 28817386'];
const HOUSEHOLD_SIZES: Weighted<number> = [
  [60, 1],
  [30, 2],
  [10, 3],
];
const AGES: Weighted<readonly [from: number, to: number]> = [
  [80, [50, 90]],
  [15, [18, 49]],
  [3, [91, 101]],
  [2, [14, 17]],
];
const STATUSES: Weighted<Customer['status']> = [
  [92, 'ACTIVE'],
  [5, 'DECEASED'],
  [3, 'DELETED'],
];
const SHARE_OF_COMPANIES = 0.05;
const SHARE_OF_DORMANT = 0.18;

/**
 * Generates households up to the requested number of customers. Relatives are generated together, so that their records
 * can reference each other.
 */
export function* households(run: DemoRun, customers: number): Generator<Household> {
  const matters = openMatters(run.random);
  for (let ordinal = 0; ordinal < customers;) {
    const size = Math.min(run.random.weighted(HOUSEHOLD_SIZES), customers - ordinal);
    const slot = (): Slot => ({ ordinal: ordinal++, openMatters: matters.next().value });
    yield household(run, slot(), size > 1 ? slot() : null, size > 2 ? slot() : null);
  }
}

interface Slot {
  readonly ordinal: number;
  readonly openMatters: ReadonlySet<OpenMatter>;
}

function household(run: DemoRun, first: Slot, second: Slot | null, third: Slot | null): Household {
  const { random } = run;
  const branch = random.one(BRANCHES);
  const home = random.maybe(0.97, () => homeNear(random, branch));
  if (!second) {
    const isCompany = random.happens(SHARE_OF_COMPANIES);
    const single = isCompany ? company(run, first, branch, home) : person(run, first, branch, home, {});
    return { members: [single], kinships: [] };
  }
  const age = random.integer(50, 90);
  const lastName = familyName(random);
  const wife = person(run, first, branch, home, { age, sex: 'female', lastName, birthName: familyName(random) });
  const husband = person(run, second, branch, home, { age: age + random.integer(-4, 6), sex: 'male', lastName });
  const couple: Kinship[] = [
    { customer: wife, related: husband, kind: 'Ehemann' },
    { customer: husband, related: wife, kind: 'Ehefrau' },
  ];
  if (!third) return { members: [wife, husband], kinships: random.happens(0.8) ? couple : [random.one(couple)] };
  const married = { lastName: familyName(random), birthName: lastName };
  const daughter = person(run, third, branch, homeNear(random, branch), { age: age - 27, sex: 'female', ...married });
  const kinships: Kinship[] = [
    ...couple,
    { customer: wife, related: daughter, kind: 'Tochter' },
    { customer: daughter, related: wife, kind: 'Mutter' },
    { customer: daughter, related: husband, kind: 'Vater' },
  ];
  return { members: [wife, husband, daughter], kinships };
}

interface Traits {
  readonly age?: number;
  readonly sex?: Sex;
  readonly lastName?: string;
  readonly birthName?: string;
}

function person(run: DemoRun, slot: Slot, branch: Branch, home: Home | null, traits: Traits): Customer {
  const { random, today } = run;
  const age = traits.age ?? random.integer(...random.weighted(AGES));
  const birthDate = addDays(addMonths(today, -12 * age), -random.integer(0, 364));
  const sex = traits.sex ?? random.one<Sex>(['female', 'male']);
  const gender: Gender = random.happens(0.01) ? 'divers' : sex === 'female' ? 'weiblich' : 'männlich';
  const given = birthDate < '1965' ? random.one(GIVEN_NAMES_BEFORE_1965[sex]) : random.faker.person.firstName(sex);
  const lastName = traits.lastName ?? familyName(random);
  return {
    ...contact(run, slot, branch, home, `${given} ${lastName}`),
    salutation: { weiblich: 'Frau', männlich: 'Herr', divers: null }[gender],
    title: random.maybe(0.07, () => random.one(['Dr.', 'Dr.', 'Prof. Dr.', 'Dr. med.'])),
    firstName: given,
    lastName,
    birthName: traits.birthName ?? null,
    companyName: null,
    birthDate,
    gender,
    costBearer: random.maybe(0.96, () => random.one(COST_BEARERS)),
  };
}

function company(run: DemoRun, slot: Slot, branch: Branch, home: Home | null): Customer {
  const { random } = run;
  const contactPerson = random.maybe(0.5, () => familyName(random));
  const companyName = random.faker.company.name();
  return {
    ...contact(run, slot, branch, home, companyName),
    salutation: random.maybe(0.7, () => 'Firma'),
    title: null,
    firstName: contactPerson && random.faker.person.firstName(),
    lastName: contactPerson,
    birthName: null,
    companyName,
    birthDate: null,
    gender: null,
    costBearer: null,
  };
}

/** The fields that persons and companies share. */
function contact(run: DemoRun, { ordinal, openMatters }: Slot, branch: Branch, home: Home | null, name: string) {
  const { random, numbers, today } = run;
  const isDormant = random.happens(SHARE_OF_DORMANT);
  const beginning = addMonths(today, -MONTHS_OF_HISTORY);
  const knownFrom = random.date(beginning, addMonths(today, isDormant ? -108 : -30));
  return {
    ordinal,
    openMatters,
    number: `K-${FIRST_CUSTOMER_NUMBER + ordinal}`,
    branch,
    home,
    status: random.weighted(STATUSES),
    email: random.maybe(0.5, () => `${asciiSlug(name).toLowerCase()}.${ordinal}@${random.one(MAIL_DOMAINS)}`),
    phone: random.maybe(0.85, () => landline(random, branch)),
    mobile: random.maybe(0.45, () => random.faker.helpers.replaceSymbols(random.one(MOBILE_RANGES))),
    memberNumber: `${random.one([...'ABCDEFGHKLMNPRSTUVWXYZ'])}${numbers.digits('member', 9)}`,
    knownFrom,
    knownTo: random.date(knownFrom, isDormant ? addMonths(today, -99) : lastDayOfSettledVisits(today)),
  };
}

/**
 * A quarter before the period of recent invoices, so that a visit's invoice, credit note and payments are old enough,
 * too.
 */
const lastDayOfSettledVisits = (today: BusinessDate): BusinessDate => addDays(addMonths(today, -6), -100);

export function familyName(random: RandomSource): string {
  const common = () => random.faker.person.lastName();
  return random.weighted<() => string>([
    [72, common],
    [16, () => random.one(DIFFICULT_LAST_NAMES)],
    [7, () => `${common()}-${common()}`],
    [5, () => `${random.one(PARTICLES)} ${common()}`],
  ])();
}

export function homeNear(random: RandomSource, { cities }: Branch): Home {
  const [city, postalPrefix] = random.happens(0.75) ? (cities[0] ?? ['', '']) : random.one(cities);
  const name = random.one(random.faker.rawDefinitions.location?.street_name ?? ['Musterstr.']);
  const street = random.happens(0.5) ? name.replace(/([Ss])tr\.$/, '$1traße') : name;
  const houseNumber = `${random.integer(1, 140)}${random.happens(0.08) ? random.one(['a', 'b', ' c']) : ''}`;
  return { street: `${street} ${houseNumber}`, postalCode: postalPrefix + random.faker.string.numeric(2), city };
}

/** In various spellings: `030 23125123`, `030/23125-123`, `+49 30 23125123`. */
export function landline(random: RandomSource, { phone: [areaCode, prefix] }: Branch): string {
  const extension = random.faker.string.numeric(3);
  return random.one([
    `${areaCode} ${prefix}${extension}`,
    `${areaCode}/${prefix}-${extension}`,
    `+49 ${areaCode.slice(1)} ${prefix}${extension}`,
    `(${areaCode}) ${prefix} ${extension}`,
  ]);
}

import { addDays } from '../kernel/business-date';
import { addMonths } from './calendar';
import { type Customer, fullName } from './customer';
import type { DemoRun } from './demo-run';
import { familyName, type Household, homeNear, landline } from './households';
import { iban } from './iban';
import { COST_BEARERS } from './master-records';
import { nameAsTyped, traceOf } from './spelling';

const CHANNELS = ['POST', 'EMAIL', 'SMS', 'PHONE'] as const;
const FURTHER_ADDRESS_TYPES = ['DELIVERY', 'INVOICE', 'OTHER'] as const;
const BANKS = ['Musterbank Nord', 'Beispielsparkasse', 'Volksbank Irgendwo'];

/** Writes a household's records in the customer module. */
export function writeCustomerRecords(run: DemoRun, { members, kinships }: Household): void {
  for (const customer of members) {
    writeCustomer(
      run,
      customer,
      members.filter((member) => member !== customer),
    );
    writeAddresses(run, customer);
    if (customer.costBearer) writeInsurance(run, customer, customer.costBearer.ik, members);
    writeConsents(run, customer);
    writeBankAccounts(run, customer);
  }
  for (const { customer, related, kind } of kinships) {
    run.folder.add('relationships', {
      customer_number: customer.number,
      related_customer_number: related.number,
      kind,
    });
  }
}

function writeCustomer({ random, folder }: DemoRun, customer: Customer, relatives: readonly Customer[]): void {
  const relative = relatives[0] ? fullName(relatives[0]) : `${random.faker.person.firstName()} ${familyName(random)}`;
  const notes = [
    `${nameAsTyped(random, customer)} hört links schlechter, bitte laut und deutlich sprechen.`,
    `Termine nur vormittags. Geräte holt ${relative} ab.`,
    `Angehörige: ${relative} fragen, wenn niemand ans Telefon geht.\nLetzte Erinnerung ${traceOf(random, customer)}.`,
    `Kunde "sehr eilig", ${traceOf(random, customer)}`,
    'Zahlt immer bar, Parkplatz im Hof zeigen.',
  ];
  folder.add('customers', {
    customer_number: customer.number,
    branch_code: customer.branch.code,
    status: customer.status,
    salutation: customer.salutation,
    title: customer.title,
    first_name: customer.firstName,
    last_name: customer.lastName,
    birth_name: customer.birthName,
    company_name: customer.companyName,
    birth_date: customer.birthDate,
    gender: customer.gender,
    email: customer.email,
    phone: customer.phone,
    mobile: customer.mobile,
    note: random.maybe(0.4, () => random.one(notes)),
    physician: customer.birthDate && random.maybe(0.6, () => `Dr. med. ${familyName(random)}`),
  });
}

function writeAddresses({ random, folder }: DemoRun, customer: Customer): void {
  const { home, branch, number: customer_number } = customer;
  if (home) {
    const { street, postalCode: postal_code, city } = home;
    const phone = random.maybe(0.2, () => landline(random, branch));
    folder.add('addresses', {
      customer_number,
      type: 'RESIDENTIAL',
      street,
      postal_code,
      city,
      country: 'DE',
      addressee: null,
      phone,
    });
  }
  if (!random.happens(0.25)) return;
  for (const type of random.some(FURTHER_ADDRESS_TYPES, random.integer(1, 2))) {
    const { street, postalCode: postal_code, city } = homeNear(random, branch);
    const addressee = random.one([
      fullName(customer),
      `c/o ${familyName(random)}`,
      `Pflegeheim Am Park, ${nameAsTyped(random, customer)}`,
    ]);
    folder.add('addresses', {
      customer_number,
      type,
      street,
      postal_code,
      city,
      country: 'DE',
      addressee,
      phone: null,
    });
  }
}

function writeInsurance(run: DemoRun, customer: Customer, ik: string, family: readonly Customer[]): void {
  const { random, folder, numbers, today } = run;
  const { number: customer_number, memberNumber: member_number, knownFrom } = customer;
  const insured_status = family.length > 1 ? random.one(['Mitglied', 'Rentner', 'Familienversichert']) : 'Mitglied';
  folder.add('cost_bearer_memberships', {
    customer_number,
    cost_bearer_ik: ik,
    member_number,
    insured_status,
    main_insured_person:
      insured_status === 'Familienversichert'
        ? fullName(family.find((member) => member !== customer) ?? customer)
        : null,
    valid_from: knownFrom,
    valid_to: null,
  });
  if (random.happens(0.15)) {
    folder.add('cost_bearer_memberships', {
      customer_number,
      cost_bearer_ik: random.one(COST_BEARERS).ik,
      member_number: `F${numbers.digits('former member', 9)}`,
      insured_status: 'Mitglied',
      main_insured_person: null,
      valid_from: addMonths(knownFrom, -60),
      valid_to: addDays(knownFrom, -1),
    });
  }
  if (random.happens(0.85)) {
    folder.add('health_insurance_cards', {
      customer_number,
      cost_bearer_ik: ik,
      insured_number: member_number,
      card_holder: fullName(customer),
      valid_until: addMonths(today, random.integer(-30, 40)),
    });
  }
}

function writeConsents(
  { random, folder, today }: DemoRun,
  { number: customer_number, knownFrom, knownTo }: Customer,
): void {
  for (const channel of random.some(CHANNELS, random.integer(0, 2))) {
    const granted_on = random.date(knownFrom, knownTo);
    const withdrawn_on = random.maybe(0.25, () => random.date(granted_on, today));
    folder.add('marketing_consents', { customer_number, channel, granted_on, withdrawn_on });
  }
}

function writeBankAccounts({ random, folder, numbers }: DemoRun, customer: Customer): void {
  const accounts = random.weighted([
    [45, 0],
    [42, 1],
    [13, 2],
  ]);
  for (let position = 1; position <= accounts; position++) {
    const bank = random.integer(0, BANKS.length - 1);
    folder.add('bank_accounts', {
      customer_number: customer.number,
      position,
      account_holder: fullName(customer),
      iban: iban(bank, numbers.digits('account', 10)),
      bic: `XX${'ABC'[bank]}MDEF1`,
      bank_name: BANKS[bank],
      mandate_reference: random.maybe(0.5, () => numbers.label('SEPA')),
    });
  }
}

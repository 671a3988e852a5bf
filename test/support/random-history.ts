import fc from 'fast-check';
import { retentionUntil } from '../../src/kernel/retention';
import type { Records } from './records';

/** The columns of a record by name. No record is of a kind that blocks. */
type Values = Readonly<Record<string, unknown>>;

export interface RandomCustomer {
  readonly person: Values;
  readonly records: readonly { readonly kind: Kind; readonly texts: readonly Text[] }[];
}

/** A text typed by a clerk: noise and the customer's own values, in the spellings that people use. */
type Text = readonly Piece[];
type Piece =
  | { readonly noise: string }
  | { readonly valueAt: number; readonly spelling: keyof typeof SPELLINGS; readonly from: number; readonly to: number };

const SPELLINGS = {
  asItIs: (value: string) => value,
  capitals: (value: string) => value.toUpperCase(),
  small: (value: string) => value.toLowerCase(),
  joined: (value: string) => value.replaceAll(/\s+/g, ''),
  turned: (value: string) => value.split(' ').reverse().join(', '),
  spaced: (value: string) => value.replaceAll(/(.{4})/gu, '$1 '),
  decomposed: (value: string) => value.normalize('NFD'),
  underscored: (value: string) => value.replaceAll(/\W+/g, '_'),
} as const;

const NAMES =
  "Otto|An|Na|Li|Re|Bär|Klein|Müller|Weiß|Schmidt-Rottluff|von der Heide|O'Bryan|Mc Donald|Mueller|Anonymisiert|Versiegelt|Deleted|Null|-|Rote Brille|司马|王|محمد|Иванова|Kahlenberg|Berta|Hans-Peter|Fam. Stern|Vorgang|ENDED|Re-2020".split(
    '|',
  );
const PHONES =
  '0341/5550123|+49 (030) 1234567|0049 030 7654321|030/1239871 / 0171/9876543|030/8885555/56|48213|770012|privat|keine Angabe|+43 1 5550199|0171-555 0123, mobil 0172 5550124'.split(
    '|',
  );
const EMAILS =
  'berta@web.example|Bob Versuch <tulpe@web.example>|rosa@web.example; rosa.alt@gmx.example|unbekannt|a@b.de'.split(
    '|',
  );
const IBANS = 'DE89370400440532013000|IBAN: DE89 3704 0044 0532 0130 00|unbekannt'.split('|');
const STREETS = 'Lindenstraße 5 b|Hauptstr. 12|Lindenallee|Am Ring 3'.split('|');
const NOTES =
  'Signia Pure Charge&Go 7X T|Kommt mit Hund|Rückruf 0171 9998887 oder mail an neu@web.example|Nickelallergie! Nur Titanbrillen.|Holt nur freitags ab und zahlt bar'.split(
    '|',
  );
const NOISE =
  ' |, |/| - |_|.|: |Hörgerät |Etui klein |Rechnung |RE-2020-00012345 |Oticon Ruby |[anonymisiert]|anonymisiert |Signia Pure Charge&Go 7X T|•|\u00ad|\u200b|(|)|"|%|12,50 EUR |05.03.1950'.split(
    '|',
  );

const oneOf = (values: readonly string[]) => fc.constantFrom(...values);
const anyName = fc.oneof(
  { weight: 6, arbitrary: oneOf(NAMES) },
  { weight: 1, arbitrary: fc.tuple(oneOf(NAMES), oneOf(NAMES)).map((parts) => parts.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map(storable) },
);
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { freq: 2 });

/** PostgreSQL does not store NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '') || '?';
}

/** Cuts by characters, because half of a surrogate pair cannot be stored. */
const cut = (text: string, from: number, to: number): string => Array.from(text).slice(from, to).join('');

const person: fc.Arbitrary<Values> = fc.record({
  first_name: maybe(anyName),
  last_name: anyName,
  birth_name: maybe(anyName),
  company_name: maybe(anyName),
  birth_date: fc.option(oneOf(['1950-03-05', '1944-02-29', '1947-12-01']), { freq: 2 }),
  email: maybe(oneOf(EMAILS)),
  phone: maybe(oneOf(PHONES)),
  mobile: maybe(oneOf(PHONES)),
  note: maybe(oneOf(NOTES)),
  physician: maybe(anyName),
});

const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ noise: fc.oneof(oneOf(NOISE), oneOf(NAMES), oneOf(PHONES), oneOf(NOTES)) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      valueAt: fc.nat(63),
      spelling: fc.constantFrom(...(Object.keys(SPELLINGS) as (keyof typeof SPELLINGS)[])),
      from: fc.constantFrom(0, 0, 0, 0, 1, 3),
      to: fc.constantFrom(200, 200, 200, 200, 5),
    }),
  },
);
const text: fc.Arbitrary<Text> = fc.array(piece, { maxLength: 6 });

/** How a kind of record is written: `next` returns the next text, or null; `number` one that no other record has. */
interface Writing {
  readonly records: Records;
  readonly of: { readonly customer_id: string };
  readonly next: () => string | null;
  readonly number: () => string;
  readonly iban: () => string;
  readonly phone: () => string;
  readonly street: () => string;
}

const KINDS = {
  careCase: ({ records, of, next, number }: Writing) =>
    records.insert('care_case', { ...of, number: number(), title: next(), note: next() }),
  ownDevice: ({ records, of, next, number }: Writing) =>
    records.insert('stock_item', {
      ...of,
      owner: 'CUSTOMER',
      serial_number: number(),
      article: next(),
      owner_name: next(),
    }),
  loan: async ({ records, of, next, number }: Writing) =>
    records.insert('device_loan', {
      ...of,
      stock_item_id: await records.insert('stock_item', { serial_number: number(), article: next() }),
      resolution: 'RETURNED',
      resolved_on: '2020-02-01',
      note: next(),
    }),
  invoice: async ({ records, of, next, number, iban }: Writing) => {
    const invoice_id = await records.invoice(
      of.customer_id,
      { number: number(), recipient_name: next(), recipient_address: next(), remark: next() },
      [{ article: next(), text: next(), serial_number: next() }],
    );
    await records.insert('payment', { ...of, invoice_id, payer_name: next(), iban: iban(), reference: next() });
  },
  draft: ({ records, of, next, number }: Writing) =>
    records.insert('invoice', { ...of, number: number(), status: 'DRAFT', recipient_name: next(), remark: next() }),
  quote: ({ records, of, next, number }: Writing) =>
    records.insert('quote', {
      ...of,
      number: number(),
      recipient_name: next(),
      recipient_address: next(),
      remark: next(),
    }),
  receipt: ({ records, of, next, number }: Writing) =>
    records.insert('receipt', { ...of, number: number(), customer_name: next() }),
  contract: ({ records, of, next, number }: Writing) =>
    records.insert('service_contract', { ...of, number: number(), title: next(), note: next() }),
  address: ({ records, of, next, phone, street }: Writing) =>
    records.insert('address', {
      ...of,
      type: 'OTHER',
      street: street(),
      postal_code: next(),
      city: next(),
      addressee: next(),
      phone: phone(),
    }),
  account: ({ records, of, next, iban }: Writing) =>
    records.insert('bank_account', { ...of, account_holder: next(), iban: iban(), mandate_reference: next() }),
  membership: async ({ records, of, next }: Writing) =>
    records.insert('cost_bearer_membership', {
      ...of,
      cost_bearer_id: await records.insert('cost_bearer'),
      member_number: next(),
      insured_status: next(),
      main_insured_person: next(),
    }),
  insuranceCard: async ({ records, of, next }: Writing) =>
    records.insert('health_insurance_card', {
      ...of,
      cost_bearer_id: await records.insert('cost_bearer'),
      insured_number: next(),
      card_holder: next(),
    }),
  card: async ({ records, of, next, number }: Writing) => {
    const card = number();
    await records.insert('customer_card', { ...of, number: card, invalidated_on: '2020-03-01' });
    const program_id = await records.insert('loyalty_program');
    await records.insert('program_enrollment', { ...of, program_id, ends_on: '2020-12-31', voucher_number: next() });
    await records.insert('loyalty_transaction', { ...of, program_id, card_number: card });
  },
  document: ({ records, of, next }: Writing) =>
    records.insert('archive_document', { ...of, type: next() ?? 'LETTER', title: next(), file_name: next() }),
  keptDocument: ({ records, of, next }: Writing) =>
    records.insert('archive_document', {
      ...of,
      type: next() ?? 'LETTER',
      title: next(),
      file_name: next(),
      retention_class: 'VOUCHER',
      retention_until: retentionUntil('VOUCHER', '2020-01-01'),
    }),
  formerIdentity: ({ records, of, next, phone }: Writing) =>
    records.insert('former_identity', { ...of, first_name: next(), last_name: next(), phone: phone() }),
  liftedHold: ({ records, of, next }: Writing) =>
    records.insert('legal_hold', { ...of, reason_code: next() ?? 'OTHER', lifted_at: '2020-03-01T09:00Z' }),
  selection: async ({ records, of, next }: Writing) =>
    records.insert('selection_member', {
      ...of,
      selection_id: await records.insert('selection', { name: next() ?? 'Alle' }),
    }),
} as const satisfies Readonly<Record<string, (writing: Writing) => Promise<unknown>>>;
type Kind = keyof typeof KINDS;

/** A customer with records of every kind, whose texts may name any value and which nothing blocks. */
export const randomCustomer: fc.Arbitrary<RandomCustomer> = fc.record({
  person,
  records: fc.array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
      texts: fc.array(text, { minLength: 1, maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

let serial = 0;

/** Inserts the customer straight into the database; returns the customer's id. */
export async function writeRandomCustomer(records: Records, { person: values, records: history }: RandomCustomer) {
  const known = Object.values(values).filter((value): value is string => typeof value === 'string');
  const unique = (beginning: string) => `${beginning}${beginning === '' ? '' : ' '}Z${++serial}`;
  const firstText = history[0]!.texts[0]!;
  const id = await records.customer({ ...values, customer_number: unique(spell(firstText, known)) });
  for (const { kind, texts } of history) {
    let position = 0;
    const next = () => {
      const spelled = cut(spell(texts[position++ % texts.length]!, known), 0, 190);
      if (spelled === '') return null;
      known.push(spelled); // a value of one column may be named in another
      return spelled;
    };
    await KINDS[kind]({
      records,
      of: { customer_id: id },
      next,
      number: () => unique(next() ?? ''),
      iban: () => IBANS[position % IBANS.length]!,
      phone: () => PHONES[position % PHONES.length]!,
      street: () => STREETS[position % STREETS.length]!,
    });
  }
  return id;
}

const spell = (pieces: Text, known: readonly string[]): string =>
  pieces
    .map((each) =>
      'noise' in each
        ? each.noise
        : cut(SPELLINGS[each.spelling](known[each.valueAt % known.length]!), each.from, each.to),
    )
    .join('');

import type TestAgent from 'supertest/lib/agent';
import { TestApp } from '../support/test-app';

interface Person {
  readonly number: string;
  readonly first?: string;
  readonly last?: string;
  readonly birth?: string;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly street?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly addressPhone?: string;
  readonly card?: string;
}

const PEOPLE: readonly Person[] = [
  { number: 'A1', first: 'Anna', last: 'Müller', city: 'Ulm', postalCode: '89073', phone: '+49 731 555-12' },
  { number: 'A2', first: 'Berta', last: 'Mueller', city: 'Aalen', street: 'Königstraße 7' },
  { number: 'A3', first: 'Zoe', last: 'Abel-Müller' },
  { number: 'A4', first: 'Carl', last: 'Müllermeister' },
  { number: 'A5', first: 'Dora', last: 'Zacher', street: 'Müllerstraße 3', city: 'Ulm' },
  { number: 'A6', first: 'Anna', last: 'Müller', city: 'Aalen', email: 'anna.mueller@example.org' },
  { number: 'A7', first: 'Müller', last: 'Umgekehrt' },
  { number: 'A8', first: 'Ella', last: 'Abel-Müllermann' },
  { number: 'B1', first: 'Łukasz', last: 'Dvořák', mobile: '0171 39200 11' },
  { number: 'B2', first: 'Jörg', last: 'Weiß', card: 'KK-20017734' },
  { number: 'B3', first: 'Peter', last: "D'Angelo", email: 'p_dangelo@example.org' },
  { number: 'B4', first: 'Uta', last: 'von der Ähre' },
  { number: '4711', first: 'Otto', last: 'Zuletzt' },
  { number: '47115', first: 'Erna', last: 'Anfang' },
  { number: 'B5', first: 'Ida', last: 'Aachen', street: 'Weg 4711' },
  { number: 'C1', company: '100% Optik_GmbH & Co. KG', city: 'Bad Urach' },
  { number: 'C2', first: 'Thi', last: 'Ly' },
  { number: 'C3', first: 'Rosa', last: 'Lyra' },
  { number: 'C4', first: 'Lydia', last: 'Bach' },
  { number: 'D1', first: 'Eva', last: 'Telefon', phone: '0711 28 89 10' },
  { number: 'D2', first: 'Eva', last: 'Alternativ', phone: '0711 28 89 10 77' },
  { number: 'E1', first: 'Todd', last: "O'Bryan" },
  { number: 'E2', last: 'Mc Gregorius', phone: '030/111222 / 0171/9998887' },
  { number: 'E3', last: 'McGregorius', phone: '030/8885555/56', email: 'rosa@web.example; rosa.alt@gmx.example' },
  { number: 'E4', last: 'Groß-Häßlich', phone: '+49 (030) 22233344', email: 'Bob Versuch <tulpe@web.example>' },
  { number: 'E5', first: '太郎', last: '山田', phone: '0049 030 7654321', mobile: '+0049 30 8882222' },
  { number: 'E6', first: 'สมชาย', last: 'ใจดี', phone: '+49 ( 0 ) 30 8888888', mobile: '030_8881212' },
  { number: 'E7', first: '민수', last: '김', phone: 'privat 0171 4445556, Tochter: 0172•4445557' },
  { number: 'E8', first: 'Max', last: 'Must\u00ader', phone: '+43 (0)1 5554443', mobile: '+39 06 5554443' },
  { number: 'E9', first: 'Na', last: 'An', phone: '539563', mobile: '30 5556667' },
  { number: 'E10', last: 'Otterbach', birth: 'von Kohlhammer', city: 'Ulm', addressPhone: '07161 445566' },
  { number: 'E11', last: 'Mitte', phone: '07161 281111', card: '99907161289999' },
];

describe('the search', () => {
  let app: TestApp;
  let employee: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    const ids: string[] = [];
    for (const person of PEOPLE) ids.push(await store(person));
    await app.sql.query('SELECT refresh_customer_search($1)', [ids]);
  });
  afterAll(() => app.stop());

  async function store({ number, first, last, birth, company, ...of }: Person): Promise<string> {
    const { email, phone, mobile, street, postalCode, city, addressPhone, card } = of;
    const names = {
      first_name: first ?? null,
      last_name: last ?? null,
      birth_name: birth,
      company_name: company ?? null,
    };
    const id = await app.records.customer({ customer_number: number, ...names, email, phone, mobile });
    if (street ?? city)
      await app.records.insert('address', {
        customer_id: id,
        ...{ street, postal_code: postalCode, city, phone: addressPhone },
      });
    if (card !== undefined) await app.records.insert('customer_card', { customer_id: id, number: card });
    return id;
  }

  const search = async (typed: string, more: object = {}) =>
    (
      await employee
        .post('/api/v1/customers/search')
        .send({ search: typed, ...more })
        .expect(200)
    ).body;
  const numbersOf = ({ items }: { items: { customerNumber: string }[] }) =>
    items.map(({ customerNumber }) => customerNumber);
  const found = async (typed: string) => numbersOf(await search(typed));

  // whole last names before prefixes of last names before the rest, each ordered by last name, first name and number
  const MUELLERS = ['A3', 'A2', 'A1', 'A6', 'A8', 'A4', 'A7', 'A5'];

  it.each<[string, readonly string[]]>([
    // umlauts and case, either way
    ['müller', MUELLERS],
    ['MUELLER', MUELLERS],
    ['Muller', MUELLERS],
    ['mu\u0308ller', MUELLERS],
    ['weiss', ['B2']],
    ['WEISZ', []],
    ['joerg', ['B2']],
    ['lukasz dvorak', ['B1']],
    ['Dvořák', ['B1']],
    ['aehre', ['B4']],
    ['von der ähre', ['B4']],
    ["d'angelo", ['B3']],
    ['angelo', ['B3']],
    // words in any order, prefixes suffice
    ['anna müller', ['A1', 'A6']],
    ['Müller, Anna', ['A1', 'A6']],
    ['mü an', ['A1', 'A6']],
    ['müller ulm', ['A1', 'A5']],
    ['aalen mueller anna', ['A6']],
    ['koenigstr 7', ['A2']],
    ['89073', ['A1']],
    ['8907', ['A1']],
    ['anna anna', ['A1', 'A6']],
    ['üller', []],
    ['müller stuttgart', []],
    // short words: whole last name, prefix of it, the rest
    ['ly', ['C2', 'C3', 'C4']],
    ['x', []],
    // numbers: exactly that customer first
    ['4711', ['4711', 'B5', '47115']],
    ['47115', ['47115']],
    ['a1', ['A1']],
    // phone numbers, with and without spaces
    ['0731 55512', ['A1']],
    ['073155512', ['A1']],
    ['+49 (731) 555-12', ['A1']],
    ['0049731 555', ['A1']],
    ['0171 3920011', ['B1']],
    ['01713920011', ['B1']],
    ['0711 288910', ['D1', 'D2']],
    ['071128891077', ['D2']],
    ['89073 0731', ['A1']],
    ['0731 89073', ['A1']],
    ['02889 10', []],
    // every number of a cell, in national and international form
    ['0171 9998887', ['E2']],
    ['01719998887', ['E2']],
    ['+491719998887', ['E2']],
    ['0049 (0)171 / 999 88 87', ['E2']],
    ['030111222', ['E2']],
    ['030/111222 / 0171/9998887', ['E2']],
    ['030 8885555', ['E3']],
    ['+49 30 8885556', ['E3']],
    ['030 22233344', ['E4']],
    ['+493022233344', ['E4']],
    ['030 7654321', ['E5']],
    ['+49 30 8882222', ['E5']],
    ['0308888888', ['E6']],
    ['030 8881212', ['E6']],
    ['+49 171 4445556', ['E7']],
    ['01724445557', ['E7']],
    ['+43 1 5554443', ['E8']],
    ['0043 (0)1 5554443', ['E8']],
    ['+39 06 5554443', ['E8']],
    ['539563', ['E9']],
    ['53 95 63', ['E9']],
    ['030 5556667', ['E9']],
    ['+49305556667', ['E9']],
    ['07161/44 55 66', ['E10']],
    ['07161 289999', []], // within a card number
    // birth name
    ['kohlhammer', ['E10']],
    // names written together and apart
    ['OBryan', ['E1']],
    ["o'bryan", ['E1']],
    ['obryan todd', ['E1']],
    ['Todd OBryan', ['E1']],
    ['ToddOBryan', ['E1']],
    ['OBryanTodd', ['E1']],
    ['obry', ['E1']],
    ['McGregorius', ['E3', 'E2']],
    ['Mc Gregorius', ['E2', 'E3']],
    ['Grosshaesslich', ['E4']],
    ['großhäß', ['E4']],
    ['gross häßlich', ['E4']],
    ['山田太郎', ['E5']],
    ['太郎山田', ['E5']],
    ['山田', ['E5']],
    ['สมชายใจดี', ['E6']],
    ['ใจดีสมชาย', ['E6']],
    ['김민수', ['E7']],
    ['muster max', ['E8']],
    ['anna müller ulm', ['A1']],
    ['an na', ['E9']],
    ['anna', ['A1', 'A6']],
    // e-mail, card
    ['rosa.alt@gmx.example', ['E3']],
    ['rosa@web.example', ['E3']],
    ['tulpe@web.example', ['E4']],
    ['anna.mueller@example.org', ['A6']],
    ['ANNA.MUELLER@example.org', ['A6']],
    ['p_dangelo@example.org', ['B3']],
    ['pxdangelo@example.org', []],
    ['KK-20017734', ['B2']],
    ['20017734', ['B2']],
    // special characters of SQL
    ['100%', ['C1']],
    ['%', []],
    ['op%ik', []],
    ['o_tik', []],
    ['optik_gmbh', ['C1']],
    ["' OR 1=1 --", []],
    ['\\', []],
  ])('finds by %s', async (typed, expected) => {
    if (/[\p{L}\p{N}]/u.test(typed)) expect(await found(typed)).toEqual(expected);
    else await employee.post('/api/v1/customers/search').send({ search: typed }).expect(400);
  });

  it('finds no anonymized or merged customers', async () => {
    const id = await store({ number: 'W1', first: 'Weg', last: 'Verschwunden' });
    const source = await store({ number: 'W2', first: 'Doppelt', last: 'Verschwunden' });
    const target = await store({ number: 'W3', first: 'Bleibt', last: 'Verschwunden' });
    await app.sql.query('SELECT refresh_customer_search($1)', [[id, source, target]]);
    expect(await found('verschwunden')).toEqual(['W3', 'W2', 'W1']);
    const admin = await app.as('admin');
    await admin
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'W1', reason: 'ERASURE_REQUEST' })
      .expect(200);
    await admin.post(`/api/v1/customers/${source}/merge`).send({ intoCustomerId: target }).expect(200);
    expect(await found('verschwunden')).toEqual(['W3']);
    expect([await found('W1'), await found('Anonymisiert')]).toEqual([[], []]);
    await app.sql.query('SELECT refresh_customer_search($1)', [[id, source]]);
    const { rowCount } = await app.sql.query('SELECT FROM customer_search WHERE customer_id = ANY ($1)', [
      [id, source],
    ]);
    expect(rowCount).toBe(0);
  });

  it('survives very many words', async () => {
    expect(await found('müller '.repeat(25))).toEqual(MUELLERS);
    expect(await found('a b c d e f g h i j k l m n o p q r s t u v w x y z'.repeat(3))).toEqual([]);
  });

  it('ends the pages where a list ends', async () => {
    const { nextCursor: last } = await search('anna müller', { limit: 2 });
    expect(last).toBeNull();
    const first = await search('anna müller', { limit: 1 });
    const second = await search('anna müller', { limit: 1, cursor: first.nextCursor });
    expect([numbersOf(first), numbersOf(second), second.nextCursor]).toEqual([['A1'], ['A6'], null]);
  });

  describe('among very many', () => {
    const MANY = 3_000;

    beforeAll(async () => {
      await app.sql.query(
        `WITH many AS (
           INSERT INTO customer (customer_number, branch_id, status, first_name, last_name)
           SELECT 'V-' || lpad(n::text, 4, '0'), (SELECT min(id) FROM branch), 'ACTIVE',
             CASE WHEN n % 2 = 0 THEN 'Gerda' ELSE 'Hugo' END, CASE WHEN n % 100 = 0 THEN 'Quandt' ELSE 'Viel' || chr(97 + n % 26) END
           FROM generate_series(1, ${MANY}) AS n RETURNING id)
         SELECT refresh_customer_search(array_agg(id)) FROM many`,
      );
      const id = await store({ number: 'Viel', first: 'Xaver', last: 'Nummer' });
      await app.sql.query('SELECT refresh_customer_search($1)', [[id]]);
    });

    async function allPages(typed: string, limit = 200) {
      const items: { id: string; customerNumber: string; lastName: string; firstName: string }[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await search(typed, { limit, cursor });
        items.push(...page.items);
        if (page.nextCursor === null) return items;
        cursor = page.nextCursor;
      }
    }

    it('whose last name begins with the input: in alphabetical order, each one once', async () => {
      const items = await allPages('vie');
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(items).toHaveLength(2_000);
      const keys = items.map(({ lastName, firstName }) => `${lastName} ${firstName}`);
      expect(keys).toEqual([...keys].sort());
      expect(keys[0]).toBe('Viela Gerda');
    });

    it('lists the exact customer number first', async () => {
      expect(numbersOf(await search('Viel', { limit: 3 }))[0]).toBe('Viel');
    });

    it('whose last name does not begin with the input: those with a match come first, without duplicates', async () => {
      const items = await allPages('v');
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(items.length).toBeGreaterThanOrEqual(2_000);
      const { items: both } = await search('v qua');
      expect(both.map(({ lastName }: { lastName: string }) => lastName)).toEqual(Array(30).fill('Quandt'));
    });

    it('of whom few match all words', async () => {
      const items = await allPages('quandt gerda', 7);
      expect(items.map(({ customerNumber }) => customerNumber)).toEqual(
        Array.from({ length: 30 }, (_, n) => `V-${String((n + 1) * 100).padStart(4, '0')}`),
      );
    });

    it('shows no more than 2,000', async () => {
      const cursor = (shown: unknown) => Buffer.from(JSON.stringify([shown])).toString('base64url');
      expect(await search('vie', { cursor: cursor('1990'), limit: 50 })).toMatchObject({ nextCursor: null });
      expect((await search('vie', { cursor: cursor('1990'), limit: 50 })).items).toHaveLength(10);
      expect(await search('vie', { cursor: cursor('2000') })).toEqual({ items: [], nextCursor: null });
      expect(await search('vie', { cursor: cursor('9999') })).toEqual({ items: [], nextCursor: null });
      await employee
        .post('/api/v1/customers/search')
        .send({ search: 'vie', cursor: cursor('10000') })
        .expect(400);
    });
  });
});

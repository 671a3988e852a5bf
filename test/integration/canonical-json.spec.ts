import { canonicalize } from 'json-canonicalize';
import { Client } from 'pg';
import { cutTemplate, open } from '../../src/modules/audit/canonical-template';
import { jsonArray, jsonObject, jsonValue } from '../../src/platform/database/canonical-json';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** What JSON has its own ways to write. */
const TEXTS = [
  'Müller',
  '"quoted" \\ and / slashed',
  'a\tb\nc\rd\be\ff',
  '\u0001\u001f\u007f\u0080\u2028\u2029\ufeff',
  '😀 𝒳 e\u0301',
  "O'Neil",
  '',
];

describe('canonical JSON (RFC 8785) made by the database', () => {
  let database: TestDatabase;
  let sql: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = await database.look();
  });
  afterAll(() => database?.drop());

  it.each(TEXTS.map((text) => [JSON.stringify(text), text]))('writes %s as the RFC does', async (_, text) => {
    expect(await json(`SELECT ${jsonValue('$1::text')} AS json`, [text])).toBe(canonicalize(text));
  });

  it('writes numbers, dates and what is missing', async () => {
    const statement = `SELECT ${jsonObject({
      zero: jsonValue('0::bigint'),
      cents: jsonValue('9007199254740991::bigint'),
      owed: jsonValue('-5::bigint'),
      day: jsonValue(`date '2024-02-29'`),
      nothing: jsonValue('NULL::text'),
    })} AS json`;
    expect(await json(statement)).toBe(
      canonicalize({ zero: 0, cents: 9007199254740991, owed: -5, day: '2024-02-29', nothing: null }),
    );
  });

  it('sorts members and keeps the order of elements', async () => {
    const element = jsonObject({ text: jsonValue('e.text'), place: jsonValue('e.place') });
    const statement = `SELECT ${jsonObject({ zz: jsonValue('1'), list: jsonArray(element, 'e.place') })} AS json
      FROM unnest($1::text[]) WITH ORDINALITY AS e(text, place)`;
    const list = TEXTS.map((text, index) => ({ text, place: index + 1 }));
    expect(await json(statement, [TEXTS])).toBe(canonicalize({ zz: 1, list }));
  });

  const json = async (statement: string, parameters: unknown[] = []) =>
    (await sql.query<{ json: string }>(statement, parameters)).rows[0]!.json;
});

describe('a template of canonical JSON', () => {
  it('is cut where it is open, in the order in which its members stand', () => {
    const content = (id: unknown, effects: unknown) => ({
      id,
      details: { reason: 'OTHER', effects, label: 'von "A" \\u0000id' },
    });
    const { pieces, members } = cutTemplate(content(open('id'), open('effects')));
    expect(members).toEqual(['effects', 'id']);
    const values: Readonly<Record<string, unknown>> = { id: 'x', effects: [{ rows: 1 }] };
    const filled = pieces.map(
      (piece, index) => piece + (index < members.length ? canonicalize(values[members[index]!]) : ''),
    );
    expect(filled.join('')).toBe(canonicalize(content(values.id, values.effects)));
  });
});

import type { Identifier } from '../../src/libraries/redaction';
import { IdentifierSearch } from '../../src/modules/erasure-upkeep';

describe('the search for many values', () => {
  const searchFor = (values: Readonly<Record<string, readonly string[]>>) => {
    const search = new IdentifierSearch();
    for (const [id, own] of Object.entries(values)) for (const value of own) search.addText(id, value);
    return (text: string) => [...search.findCustomersIn(text)].sort();
  };

  it('names the customers whose value occurs in a text', () => {
    const found = searchFor({ a: ['Erika Müller', 'e.m@example.org'], b: ['Müllerstraße 5'], c: ['Erika Müller'] });
    expect(found('Anruf von ERIKA MULLER')).toEqual(['a', 'c']);
    expect(found('{"mail":"E.M@Example.org","street":"Müllerstraße 5"}')).toEqual(['a', 'b']);
    expect(found('erika_mu\u0308ller@example.net')).toEqual(['a', 'c']);
    expect(found('Erika, Klein')).toEqual([]);
  });

  it.each<readonly [string, string, boolean]>([
    ['0711 123456', 'Tel. +49 (0)711/12 34 56', true],
    ['0711 123456', '{0711123456}', true],
    ['+49 711 123456', '0711 123456, danach 0711 654321', true],
    ['0711 123456', '10711123456', false],
    ['0711 123456', '07111234567', false],
    ['123456', 'K-123456', true],
    ['123456', '1234567', false],
    ['123456', 'a123456b', false],
    ['DE44 5001 0517', 'de4450010517x', true],
    ['Zeile zwei', '"Zeile\\nzwei"', true],
  ])('%s in %s: %s', (value, text, expected) => {
    expect(searchFor({ a: [value] })(text)).toEqual(expected ? ['a'] : []);
  });

  it.each(['12345', 'Li, A', '0 1234', '', ' – '])('ignores %p, which is too short', (value) => {
    expect(new IdentifierSearch().addText('a', value)).toBe(false);
  });

  describe('for the identifiers of a customer', () => {
    const isFound = (text: string, ...identifiers: readonly Identifier[]) => {
      const search = new IdentifierSearch();
      search.addIdentifiers('a', identifiers);
      return search.findCustomersIn(text).has('a');
    };
    const phone = (value: string): Identifier => ({ kind: 'PHONE', value });
    const names = (first: string, last: string): Identifier[] => [
      { kind: 'FIRST_NAME', value: first },
      { kind: 'LAST_NAME', value: last },
    ];

    it.each<readonly [string, string, boolean]>([
      ['030/1239871 / 0171/9876543', 'Rückruf 0171 9876543', true],
      ['030/1239871 / 0171/9876543', 'Rückruf +49 30 1239871', true],
      ['030/8885555/56', 'Rückruf 030 8885556', true],
      ['+49 (030) 1234567', 'Rückruf 030 1234567', true],
      ['0049 030 7654321', 'Rückruf 030/7654321', true],
      ['+49 ( 0 ) 30 8888888', 'Rückruf 030 8888888', true],
      ['539563', 'Rückruf 539563', true],
      ['539563', 'Rückruf 53 95 63', true],
      ['539563', '5a9539563e2c', false],
      ['539563', '4711539563', false],
      ['539563', 'RE-2020-539563', false],
      ['539563', '{"id":"01a2098e-a874-7000-8000-539563539563","at":"2026-11-27T08:00:53.9563Z"}', false],
      ['030 539563539', '{"id":"01a2098e-a874-7000-8000-030539563539"}', false],
      ['030 539563539', '{"id":"030539563539"}', true],
      ['privat', 'Zuzahlung privat laut Vereinbarung', false],
    ])('the phone %s in %s: %s', (value, text, expected) => {
      expect(isFound(text, phone(value))).toBe(expected);
    });

    it.each<readonly [string, string, string, boolean]>([
      ['Erika', 'Müller', 'ERIKA MUELLER', true],
      ['Erika', 'Müller', 'Müller, Erika', true],
      ['Erika', 'Müller', 'Müller', false],
      ['Max', 'Mustermann', 'MaxMustermann Otoplastik', true],
      ['Todd', "O'Bryan", 'OBRYAN TODD', true],
      ['Todd', "O'Bryan", 'OBryan', false],
      ['An', 'Na', 'Anna', false],
      ['Otto', 'Bauer', 'Bottobauern', false],
      ['小明', '王', '请王小明来', true],
      ['小明', '王', '王先生', false],
    ])('the name %s %s in %s: %s', (first, last, text, expected) => {
      expect(isFound(text, ...names(first, last))).toBe(expected);
    });

    it('a birth name with the first name', () => {
      const [first, birthName] = names('Erika', 'Altbauer');
      const born = [first!, { ...birthName!, kind: 'BIRTH_NAME' as const }];
      expect([isFound('Erika Altbauer', ...born), isFound('Frau Altbauer', ...born)]).toEqual([true, false]);
    });

    it.each<readonly [Identifier['kind'], string, string, boolean]>([
      ['EMAIL', 'rosa@web.example; rosa.alt@gmx.example', 'Kopie an rosa.alt@gmx.example', true],
      ['EMAIL', 'keine Mail', 'keine Mail', false],
      ['STREET', 'Hauptstraße 12', 'HAUPTSTR. 12', true],
      ['STREET', 'Hauptstr. 12', 'Hauptstraße 12', true],
      ['IBAN', 'IBAN: DE89 3704 0044 0532 0130 00', 'Lastschrift DE89370400440532013000', true],
      ['COPIED_NAME', 'Klara Kontofrau', 'Abholung durch Klara Kontofrau', true],
      ['COPIED_NAME', 'Kontofrau', 'Frau Kontofrau', false],
    ])('%s %s in %s: %s', (kind, value, text, expected) => {
      expect(isFound(text, { kind, value })).toBe(expected);
    });
  });
});

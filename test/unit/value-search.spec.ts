import { ValueSearch } from '../../src/modules/anonymization';

describe('the search for many values', () => {
  const searchFor = (values: Readonly<Record<string, readonly string[]>>) => {
    const search = new ValueSearch();
    for (const [id, own] of Object.entries(values)) for (const value of own) search.add(id, value);
    return (text: string) => [...search.in(text)].sort();
  };

  it('tells whose value stands in a text', () => {
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

  it.each(['12345', 'Li, A', '0 12345', '', ' – '])('does not look for %p, which is too short', (value) => {
    expect(new ValueSearch().add('a', value)).toBe(false);
  });
});

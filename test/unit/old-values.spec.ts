import fc from 'fast-check';
import { type Identifier, type IdentifierKind, Redactor, remembering } from '../../src/libraries/redaction';
import { OldValues } from '../../src/modules/data-map/old-values';
import { BETWEEN_TEXTS } from '../../src/modules/data-map/proof-statements';

const identifiersOf = (...values: readonly (readonly [IdentifierKind, string])[]): Identifier[] =>
  values.map(([kind, value]) => ({ kind, value }));
const of = (...values: readonly (readonly [IdentifierKind, string])[]) =>
  new OldValues(identifiersOf(...values), remembering());

const COLUMN = { REDACTED: 'redacted', NUMBER: 'numbers', TEXT: 'others' } as const;

/** Works as the scan does: a text that the prefilter skips is never read. */
const found = (values: OldValues, text: string, remains: keyof typeof COLUMN): boolean => {
  const nothing = { redacted: null, numbers: null, others: null };
  const joined = ['Etui', text, 'ISSUED'].join(BETWEEN_TEXTS);
  return values.mayOccurIn({ ...nothing, [COLUMN[remains]]: joined }) && values.occurIn(text, remains);
};

const erika = of(['FIRST_NAME', 'Erika'], ['LAST_NAME', 'Müller-Lüdenscheidt']);
const hans = of(['FIRST_NAME', 'Hans'], ['LAST_NAME', 'Schneider']);

describe('the old values of a customer', () => {
  it.each<readonly [string, OldValues, string]>([
    ['an e-mail address', of(['EMAIL', 'Erika.B@example.org']), 'Rückfragen an ERIKA.B@EXAMPLE.ORG.'],
    ['a telephone number', of(['PHONE', '0711 / 48 21 33']), 'Etui (Tel. 0711-482133)'],
    ['a telephone number with its country', of(['PHONE', '0711 482133']), 'Tel. +49 711 482133'],
    ['a telephone number without its country', of(['PHONE', '+49 711 482133']), 'Tel. 0711/482133'],
    ['the second of two telephone numbers', of(['PHONE', '0711 482133 oder 0171 2345678']), '01712345678'],
    ['an IBAN', of(['IBAN', 'DE44500105175407324931']), 'Konto DE44 5001 0517 5407 3249 31'],
    ['a member number', of(['NUMBER', 'M123456789']), 'Versicherter m 123456789'],
    ['a street with its number', of(['STREET', 'Königstraße 5a']), 'KOENIGSTR. 5A'],
    ['a name', hans, 'Gerät von hans schneider'],
    ['a name, reversed', hans, 'SCHNEIDER, Hans'],
    ['a name, in another spelling', erika, 'erika mueller luedenscheidt'],
    ['a telephone number of a note', of(['NOTE', 'Tochter: 0171 2345678']), 'Etui; 01712345678'],
    ['a name, written together', hans, 'HansSchneider'],
    ['a short name', of(['FIRST_NAME', 'Bo'], ['LAST_NAME', 'Li']), 'Bo Li'],
    ['a former name', of(['FIRST_NAME', 'Erika'], ['LAST_NAME', 'Klein'], ['LAST_NAME', 'Muster']), 'Muster, Erika'],
  ])('are found: %s', (_, values, text) => {
    expect(found(values, text, 'TEXT')).toBe(true);
  });

  it.each<readonly [string, OldValues, string]>([
    ['a lone last name', hans, 'Schneider Feinmechanik'],
    ['a lone first name', hans, 'Modell Hans'],
    ['a name in a longer word', hans, 'Johans Schneiderei'],
    ['an initial next to a word', of(['FIRST_NAME', 'A'], ['LAST_NAME', 'Klein']), 'Gehäuse A klein'],
    ['the name of a company', of(['COMPANY_NAME', 'Phonak GmbH']), 'Phonak GmbH Audéo'],
    ['a street without a number', of(['STREET', 'Lindenallee']), 'Fassung Lindenallee'],
    ['another house', of(['STREET', 'Königstraße 5']), 'Königstraße 50'],
    ['a postcode in place of the street', of(['STREET', '7017400']), 'Batterie 7017400'],
    ['a short telephone number', of(['PHONE', '48213']), 'Tel. 48213'],
    ['an extension of a telephone number', of(['PHONE', '0711 482133 App. 3120']), 'Batterie 3120'],
    ['a word in place of a number', of(['NUMBER', 'unbekannt']), 'Hersteller unbekannt'],
    ['a word with a digit in place of a number', of(['IBAN', 'Kasse 1']), 'Kasse 1'],
    ['a piece of a longer number', of(['NUMBER', '482133']), 'S-48213377'],
    ['a number of five digits', of(['NUMBER', '48213']), 'Batterie 48213'],
    ['a word in place of an e-mail address', of(['EMAIL', 'keine Angabe']), 'keine Angabe'],
    ['the e-mail address of another person', of(['EMAIL', 'hans@example.org']), 'max.hans@example.org'],
    ['a note', of(['NOTE', 'Kommt nur mit der Tochter.']), 'Kommt nur mit der Tochter.'],
    ['a copied name', of(['COPIED_NAME', 'Signia Hearing']), 'Signia Hearing'],
    ['a birth date', of(['BIRTH_DATE', '1950-03-05']), 'Preisliste vom 05.03.1950'],
    ['a value split across two texts', of(['NUMBER', 'M123456789']), `M12345${BETWEEN_TEXTS}6789`],
  ])('are not found: %s', (_, values, text) => {
    expect(found(values, text, 'TEXT')).toBe(false);
  });

  it.each<readonly [string, OldValues, string, boolean]>([
    ['a card number', of(['NUMBER', 'K-100234']), 'K-100234', false],
    ['a mandate', of(['NUMBER', 'K-100234']), 'W-K-100234-1', false],
    ['a telephone number', of(['PHONE', '0711 482133']), 'W-0711482133', true],
    ['a local telephone number, joined to others', of(['PHONE', '482133']), '2020-482133', false],
    ['a name', hans, 'Schneider, Hans 1', true],
    ['an e-mail address', of(['EMAIL', 'hans@example.org']), 'hans@example.org', true],
  ])('in the number of a record: %s', (_, values, text, expected) => {
    expect(found(values, text, 'NUMBER')).toBe(expected);
  });

  it.each<readonly [string, OldValues, string, boolean]>([
    ['a lone name', hans, 'Otoplastik Schneider', true],
    ['a lone name, in capitals', hans, 'OTOPLASTIK SCHNEIDER', true],
    ['a lone name as a word', hans, 'Maß für schneider', false],
    ['a company', of(['COMPANY_NAME', 'Muster Optik GmbH']), 'Lieferung an MUSTER OPTIK GMBH', true],
    ['nothing', hans, 'Otoplastik [anonymisiert]', false],
  ])('in a redacted text: %s', (_, values, text, expected) => {
    expect(found(values, text, 'REDACTED')).toBe(expected);
  });

  it('are found wherever a column should be empty', () => {
    expect(hans.occurIn('1950-03-05', 'NOTHING')).toBe(true);
  });

  const WORDS = [
    'Hans',
    'hans',
    'SCHNEIDER',
    'Schneider',
    'klein',
    'Muellerstr.',
    'Müllerstraße',
    '5',
    '0711',
    '482133',
  ];
  const pieces = fc.array(
    fc.constantFrom(...WORDS, '+49 711', 'max.', '@example.org', '. ', ', ', '-', '/', ' ', '\n'),
  );
  const value = pieces.map((parts) => parts.join(''));
  const kinds = fc.constantFrom<IdentifierKind>(
    ...(['FIRST_NAME', 'LAST_NAME', 'BIRTH_NAME', 'COMPANY_NAME', 'COPIED_NAME'] as const),
    ...(['STREET', 'ADDRESS', 'PHONE', 'EMAIL', 'IBAN', 'NUMBER', 'NOTE'] as const),
  );
  const anybody = fc.array(fc.record<Identifier>({ kind: kinds, value }), { maxLength: 8 });

  it('are never found in a redacted text', () => {
    fc.assert(
      fc.property(anybody, value, (identifiers, text) => {
        const redacted = new Redactor(identifiers).redact(text);
        expect(found(new OldValues(identifiers, remembering()), redacted, 'REDACTED')).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are found in a redacted text exactly if redaction would change it', () => {
    fc.assert(
      fc.property(anybody, value, (identifiers, text) => {
        const values = new OldValues(identifiers, remembering());
        expect(values.occurIn(text, 'REDACTED')).toBe(new Redactor(identifiers).redact(text) !== text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are found in another text exactly if it contains an unmistakable value', () => {
    fc.assert(
      fc.property(anybody, value, (identifiers, text) => {
        const expected = new Redactor(identifiers, 'UNMISTAKABLE').finds(text);
        expect(found(new OldValues(identifiers, remembering()), text, 'TEXT')).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

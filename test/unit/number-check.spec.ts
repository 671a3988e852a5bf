import type { Identifier } from '../../src/libraries/redaction';
import { NumberCheck } from '../../src/modules/data-map';

const of = (...identifiers: readonly (readonly [Identifier['kind'], string])[]) =>
  identifiers.map(([kind, value]) => ({ kind, value }));

const berta = of(
  ['FIRST_NAME', 'Berta'],
  ['LAST_NAME', 'Kahlenberg'],
  ['PHONE', '0341/5550123'],
  ['EMAIL', 'berta@web.example'],
  ['BIRTH_DATE', '1947-02-28'],
  ['NUMBER', 'M4711002'],
);

describe('a customer in the number of a record', () => {
  it.each<readonly [string, readonly Identifier[], string]>([
    ['a last name', berta, 'V-Kahlenberg-1'],
    ['a last name in capitals', berta, 'RE-KAHLENBERG-BERTA-2019'],
    ['a full name in any case', berta, 'v berta kahlenberg 1'],
    ['a full name written together', berta, 'V-BertaKahlenberg-2'],
    ['a phone number', berta, 'V 0341 5550123'],
    ['a phone number with the country code', berta, '+49 341 5550123'],
    ['an e-mail address', berta, 'berta@web.example/2'],
    ['a short full name', of(['FIRST_NAME', 'Bo'], ['LAST_NAME', 'Li']), 'V-BO-LI'],
    ['a short full name, reversed', of(['FIRST_NAME', 'Bo'], ['LAST_NAME', 'Li']), 'V-LI-BO'],
    ['a company', of(['COMPANY_NAME', 'Pflegedienst Abendrot']), 'K-PFLEGEDIENST-ABENDROT-7'],
    ['the second number of a cell', of(['PHONE', '030/1239871 / 0171/9876543']), 'V-0171-9876543'],
    ['an e-mail address after a name', of(['EMAIL', 'Bob <tulpe@web.example>']), 'tulpe@web.example'],
    ['a copied name', of(['COPIED_NAME', 'Erika Altbauer']), 'V-ERIKA-ALTBAUER'],
    ['a birth name', of(['BIRTH_NAME', 'Altbauer']), 'V-Altbauer'],
    ['a name with an umlaut', of(['LAST_NAME', 'Müller']), 'V-MUELLER-3'],
  ])('is found: %s', (_, identifiers, number) => {
    const check = new NumberCheck(identifiers);
    expect([check.mayFindIn(`RE-2020-1 ${number}`), check.finds(number)]).toEqual([true, true]);
  });

  it.each<readonly [string, readonly Identifier[], string]>([
    ['an ordinary number', berta, 'RE-2020-00012345'],
    ['a first name alone', berta, 'V-BERTA-1'],
    ['a last name in a longer word', berta, 'V-Kahlenbergstollen-1'],
    ['a birth date', berta, 'V-28.02.1947'],
    ['another number of the customer', berta, 'W-M4711002'],
    ['a piece of the phone number', berta, '2020-5550124'],
    ['a word of a copied name', of(['COPIED_NAME', 'Vorgang Nord']), 'Vorgang-17'],
    ['a lone copied name', of(['COPIED_NAME', 'Barmer']), 'V-BARMER-1'],
    ['the beginning of a series', of(['LAST_NAME', 'Re']), 'RE-2020-1'],
    ['a short phone number', of(['PHONE', '48213']), 'V-48213'],
    ['words in place of values', of(['EMAIL', 'unbekannt'], ['PHONE', 'privat']), 'unbekannt privat'],
  ])('is not found: %s', (_, identifiers, number) => {
    expect(new NumberCheck(identifiers).finds(number)).toBe(false);
  });

  it('is searched for only in rows that contain part of it', () => {
    expect(new NumberCheck(berta).mayFindIn('RE-2020-1 V-2021-7 SN-99X')).toBe(false);
  });
});

import * as fc from 'fast-check';
import { type Identifier, type IdentifierKind, REDACTED, Redactor } from '../../src/libraries/redaction';

const is =
  (kind: IdentifierKind) =>
  (...values: string[]): Identifier[] =>
    values.map((value) => ({ kind, value }));
const first = is('FIRST_NAME');
const last = is('LAST_NAME');
const birthName = is('BIRTH_NAME');
const copied = is('COPIED_NAME');
const company = is('COMPANY_NAME');
const street = is('STREET');
const phone = is('PHONE');
const email = is('EMAIL');
const iban = is('IBAN');
const number = is('NUMBER');
const born = is('BIRTH_DATE');
const note = is('NOTE');

const hansKlein = [...first('Hans'), ...last('Klein')];
const annaMaria = [...first('Anna Maria'), ...last('von der Heide')];

/** `#` is the replacement, and `=` means unchanged. */
type Case = readonly [identifiers: readonly Identifier[], text: string, expected: string];

const CASES: Record<string, readonly Case[]> = {
  'whole words': [
    [first('Otto'), 'Rechnung Otto, Filiale Bottrop', 'Rechnung #, Filiale Bottrop'],
    [first('Otto'), 'Bottrop Ottomane Ottos Rotto Otto1 1Otto', '='],
    [first('Otto'), 'Otto\u0301 und Ottó, Ottö', '# und #, Ottö'],
    [first('Otto'), "Otto's Etui, (Otto) Otto.Otto_Otto", "#'s Etui, (#) #.#_#"],
    [first('Otto'), 'Ot\u00adto und Otto\u200b!', '# und #\u200b!'],
    [last('Müller'), 'Müller-Lüdenscheidt und Müller-Termin', '#-Lüdenscheidt und #-Termin'],
    [last('Müller'), 'Müllerin, Müllers, Obermüller', '='],
    [first('Otto'), '=\u0338Otto \u0301Otto', '=\u0338# \u0301#'],
    [first('Otto'), '', '='],
    [[], 'Otto', '='],
    [[...first('', ' ', '-'), ...company('&'), ...phone('keins'), ...email('')], 'Otto - & keins', '='],
  ],
  spellings: [
    [last('Müller'), 'Müller MÜLLER Mueller MUELLER', '# # # #'],
    [last('Müller'), 'Mu\u0308ller MU\u0308LLER', '# #'],
    [last('Mu\u0308ller'), 'Müller MUELLER', '# #'],
    [last('Mueller'), 'Müller MÜLLER Mu\u0308ller', '# # #'],
    [last('MÜLLER'), 'Müller Mueller müller', '# # müller'],
    [last('Weiß'), 'Weiß Weiss WEISS WEIß WEIẞ', '# # # # #'],
    [last('Weiss'), 'Weiß WEISS WEIß WEIẞ, wie weiß ich', '# # # #, wie weiß ich'],
    [last('Oß', 'Voß'), 'Oß Oss OSS Voß VOSS Voss voß', '# # # # # # voß'],
    [first('Jörg'), 'JÖRG Joerg Jürg', '# # Jürg'],
    [first('François'), 'François Francois FRANCOIS Franc\u0327ois', '# # # #'],
    [first('Łukasz'), 'Łukasz Lukasz LUKASZ', '# # #'],
    [last('Jørgensen'), 'Jørgensen Jorgensen Joergensen', '# # #'],
    [last('Öztürk'), 'Öztürk Ozturk OZTURK Oeztuerk', '# # # #'],
    [last('Bär', 'Schön'), 'Bar bezahlt. Schon bezahlt. Bär, Schoen', 'Bar bezahlt. Schon bezahlt. #, #'],
    [last('Michal'), 'Michael', '='],
    [first('Zoë'), 'Zoe ZOË zoe', '# # zoe'],
    [last('Иванов'), 'Иванов ИВАНОВ иванов', '# # иванов'],
  ],
  notes: [
    [note('Kommt nur mit der Tochter.'), 'Etui, kommt nur mit der Tochter.', '='],
    [note('Signia Pure Charge&Go 7X T'), 'Signia Pure Charge&Go 7X T', '='],
    [note('Tochter Eva Muster'), 'Abholung Eva Muster', '='],
    [
      note('Tochter: 0171/9876543, eva@web.example, DE89 3704 0044 0532 0130 00'),
      '01719876543, EVA@web.example; DE89370400440532013000',
      '#, #; #',
    ],
    [note('R +1.25 -0.50 175, RE-2020-00012345 vom 05.03.2020'), '+1.25 -0.50 175; 00012345; 05.03.2020', '='],
    [note('DE88 3704 0044 0532 0130 00, 12345678'), 'DE88370400440532013000, 12345678', '='],
  ],
  'lone names': [
    [hansKlein, 'Etui klein', '='],
    [hansKlein, 'Etui Klein, KLEIN, kLEIN', 'Etui #, #, kLEIN'],
    [hansKlein, 'hans im Glück', '='],
    [last('K'), 'K K. k', '='],
    [first('Hans K.'), 'Hans K. und K. und Hans', '#. und K. und #'],
    [last('Li'), 'Li LI li', '# # li'],
    [last('KLEIN'), 'Klein KLEIN klein', '# # klein'],
    [last('klein'), 'Klein KLEIN', '# #'],
    [last('McDonald'), 'McDonald MCDONALD mcdonald', '# # mcdonald'],
    [last('McDonald'), 'Mc Donald, MC DONALD, mc donald, Donald', '#, #, mc donald, Donald'],
    [birthName('Altbauer'), 'Etui Altbauer, ALTBAUER, altbauer', 'Etui #, #, altbauer'],
  ],
  'full names, any case': [
    [hansKlein, 'hans klein', '#'],
    [hansKlein, 'Etui für klein, hans bestellt', 'Etui für # bestellt'],
    [hansKlein, 'HANS kLeIn; klein,hans; hans\n  klein', '#; #; #'],
    [hansKlein, 'hans k. klein; klein k., hans', '#; #'],
    [hansKlein, 'hans_klein.pdf', '#.pdf'],
    [hansKlein, 'hans 2 klein', '='],
    [hansKlein, 'Hans Karl Klein', '# Karl #'],
    [hansKlein, 'Etui klein. Hans Klein; Etui klein: hans', 'Etui klein. #; Etui klein: hans'],
    [hansKlein, 'hans und klein', '='],
    [hansKlein, 'klein klein', '='],
    [[...first('Jürgen'), ...last('Groß')], 'juergen gross, JÜRGEN GROSS', '#'],
    [[...first('Jürgen'), ...last('Bär')], 'jurgen bar', '#'],
    [[...first('Patrick'), ...last("O'Brien")], "o'brien, patrick und O’Brien", '# und #'],
    [hansKlein, 'hans.klein@firma.example', '#@firma.example'],
    [hansKlein, 'HansKlein; kleinhans; KLEINHANS; Kleinhansen', '#; #; #; Kleinhansen'],
    [[...first('Erika'), ...birthName('Altbauer')], 'erika altbauer', '#'],
  ],
  'names of several words': [
    [annaMaria, 'von der Heide, von  der\tHeide, VON DER HEIDE, Von der Heide', '#, #, #, #'],
    [annaMaria, 'von der Straße, auf der Heide, von der heide', 'von der Straße, auf der #, von der heide'],
    [annaMaria, 'Anna und Maria, anna und maria', '# und #, anna und maria'],
    [annaMaria, 'anna maria, anna heide, maria von der heide', '#'],
    [annaMaria, 'Anna\u00a0Maria', '#'],
    [annaMaria, 'Annamaria ANNAMARIA', '# #'],
    [last('VON DER HEIDE'), 'DER KUNDE VON HEIDE, von der Heide', 'DER KUNDE VON #, #'],
    [last('Schmidt-Rottluff'), 'Schmidt-Rottluff SCHMIDT ROTTLUFF schmidt - rottluff', '# # #'],
    [last('Schmidt-Rottluff'), 'Frau Schmidt und Rottluff, Stift schmidt', 'Frau # und #, Stift schmidt'],
    [first('Karl-Heinz'), 'Karl Heinz; Karlheinz; KARL-HEINZ', '#; #; #'],
    [last('De La'), 'De La, de la', '#, de la'],
  ],
  'copied names': [
    [copied('Erika Altbauer'), 'Abholung erika altbauer, ALTBAUER, Erika', 'Abholung #, #'],
    [copied('Erika Altbauer'), 'Erika, Altbauer und Bauer', '# und Bauer'],
    [copied('Erika Altbauer'), 'Etui Altbauer, Modell Erika', '='],
    [[...first('Erika'), ...copied('Erika Altbauer')], 'Etui Altbauer, altbauer', 'Etui #, altbauer'],
    [[...birthName('Kahl'), ...copied('Berta Kahl')], 'Etui Berta', 'Etui #'],
    [[...last('Kahl'), ...copied('Berta Kahl')], 'Etui Berta', '='],
    [copied('Kurt Kontomann u. Klara Kontofrau'), 'für Klara Kontofrau', 'für #'],
  ],
  'scripts without blanks between words': [
    [[...first('小明'), ...last('王')], '给王小明先生', '给#先生'],
    [[...first('小明'), ...last('王')], '给小明王先生', '给#先生'],
    [[...first('小明'), ...last('王')], '王先生的眼镜', '='],
    [[...first('สมชาย'), ...last('ใจดี')], 'คุณใจดีสมชายครับ', 'คุณ#ครับ'],
  ],
  companies: [
    [company('Müller & Söhne GmbH'), 'müller & söhne gmbh, MUELLER&SOEHNE GMBH, Muller  & Sohne\nGmbH', '#, #, #'],
    [company('Müller & Söhne GmbH'), 'Müller, Söhne und GmbH', '='],
    [company('Müller & Söhne GmbH'), 'Müller & Söhne; MÜLLER + SÖHNE; Müller', '#; #; Müller'],
    [company('Optik Nord'), 'optik nord; Optik Nordost; Optik-Nord', '#; Optik Nordost; #'],
    [company('Bär'), 'BÄR bär Baer bar', '# # # bar'],
    [company('Optik Nord', 'Müller Optik Nord West'), 'Müller Optik Nord Ost', 'Müller # Ost'],
  ],
  streets: [
    [
      street('Hauptstraße 12a'),
      'hauptstraße 12a, HAUPTSTRASSE 12A, Hauptstr. 12a, Hauptstr.12 a, Hauptstrasse12a',
      '#, #, #, #, #',
    ],
    [
      street('Hauptstr. 12'),
      'Hauptstraße 12; Haupt-Str. 12; Hauptstraße 123; Hauptstraße',
      '#; #; Hauptstraße 123; Hauptstraße',
    ],
    [street('Mühlenstr 5'), 'Muehlenstraße 5, Mühlen Straße\n5', '#, #'],
    [street('Am Öhrchen 3'), 'am oehrchen 3, AM ÖHRCHEN  3', '#, #'],
    [street('Straße des 17. Juni 135'), 'Strasse des 17.Juni 135', '#'],
    [street('Hauptstraße 5'), 'Hauptstr. Nr. 5; Hauptstraße Nr 5; Nr. 5', '#; #; Nr. 5'],
  ],
  phones: [
    [
      phone('0171 1234567'),
      '01711234567; 0171/123 45 67; 0171-1234567; (0171) 1234567; 0171.123.4567',
      '#; #; #; #; #',
    ],
    [phone('0171 1234567'), '+49 171 1234567; +49171/1234567; 0049 171 1234567; +49 (0)171-1234567', '#; #; #; #'],
    [phone('0171 1234567'), '(+49) 171 1234567; (Tel. 0171 1234567); (0171 1234567)', '#; (Tel. #); (#)'],
    [phone('+49 (0)711 / 12345-67'), '0711 1234567 und 00497111234567', '# und #'],
    [phone('0171 1234567'), '901711234567; 017112345678; 0171 12345678', '='],
    [phone('030 1234567'), 'SN301234567; SN 301234567; a301234567b', 'SN301234567; SN #; a301234567b'],
    [phone('0171 1234567'), 'Tel01711234567; 0171_1234567; 0171•1234567; 0171, 1234567', 'Tel#; #; #; #'],
    [phone('+43 664 1234567'), '0043664 1234567; +43 (0)664/1234567; 0664 1234567', '#; #; #'],
    [phone('1711234567'), '0171 1234567', '#'],
    [phone('0171 1234567 (Tochter), 0711/98765'), 'Tochter 0711-98765, 01711234567', 'Tochter #, #'],
    [phone('482133'), 'Rückruf 482133 oder 48 21 33', 'Rückruf # oder #'],
    [phone('030 1234567', '1234567'), 'Tel. 030 1234567', 'Tel. #'],
    [phone('0171 1234567'), 'Tel. ０１７１ １２３４５６７', 'Tel. #'],
  ],
  'e-mail addresses': [
    [email('Hans@Example.org'), 'Mail: hans@example.org. HANS@EXAMPLE.ORG', 'Mail: #. #'],
    [email('hans@example.org'), 'max.hans@example.org, hans@example.org.uk, hans@example.orga', '='],
    [email('hans@example.org'), 'hans at example org, hans.example@org', '='],
    [email('_hans@example.org'), '_hans@example.org', '_#'],
    [email('hans@müller.example'), 'hans@mu\u0308ller.example', '#'],
    [email('hans@example.org'), '<hans@example.org>;mailto:hans@example.org.Ende', '<#>;mailto:#.Ende'],
    [email('hans@example.org'), 'hans (at) example.org', '#'],
    [
      email('hans@example.org'),
      'hans [at] example.org; HANS{at}EXAMPLE.ORG; hans at example.org',
      '#; #; hans at example.org',
    ],
    [email('Bob Versuch <tulpe@web.example>'), 'Etui für Bob Versuch', 'Etui für #'],
  ],
  'IBANs and numbers': [
    [iban('DE89370400440532013000'), 'DE89 3704 0044 0532 0130 00, de89370400440532013000', '#, #'],
    [iban('DE89 3704 0044 0532 0130 00'), 'IBAN:DE89370400440532013000!', 'IBAN:#!'],
    [iban('DE89370400440532013000'), 'DE893704004405320130001, DE89 3704 0044', '='],
    [iban('DE89370400440532013000'), 'DE89.3704.0044.0532.0130.00; DE89-3704-0044-0532-0130-00', '#; #'],
    [number('A123456789'), 'a123456789, A 123 456 789, A-123456789, A123/456789', '#, #, #, #'],
    [number('A-123 456'), 'A123456', '#'],
    [number('A123456789'), 'A1234567890, XA123456789', '='],
    [number('123'), '123', '='],
    [number('1250'), 'Karte 1250', 'Karte #'],
    [number('1250'), '1250; 1.250,00 EUR; 12,50; 12501', '#; 1.250,00 EUR; 12,50; 12501'],
    [number('GS.2024_77'), 'gs.2024_77', '#'],
  ],
  'birth dates': [
    [born('1950-03-05'), '05.03.1950, 5.3.1950, 05.03.50, 5.3.50', '#, #, #, #'],
    [born('1950-03-05'), '1950-03-05; 1950-03-05T00:00:00; 05/03/1950; 5-3-1950; 05. 03. 1950', '#; #:00:00; #; #; #'],
    [born('1950-03-05'), '5. März 1950; 05 März 1950; 5. Mrz. 1950; 5. MAERZ 1950; 5.Ma\u0308rz 50', '#; #; #; #; #'],
    [born('1950-03-05'), 'March 5, 1950; Mar 5th 1950; 5 March 1950; 5. III. 1950', '#; #; #; #'],
    [born('1950-03-05'), '19500305 05031950 05 03 1950', '# # #'],
    [born('1950-03-05'), '15.3.1950; 5.3.1951; 5.3.19501; 3.5.1950; 5 3 50; 5. März; 5. Mai 1950', '='],
    [born('1950-12-24'), '24. Dezember 1950, 24. Dez. 50, Dec 24, 1950', '#, #, #'],
    [born('1952-02-29'), 'Vers.-Nr. 65 290252 J 003; 65290252J003; 65 300252 J 003', 'Vers.-Nr. #; #; 65 300252 J 003'],
    [born('unbekannt'), 'unbekannt', '='],
  ],
  'overlaps and the replacement itself': [
    [[...hansKlein, ...email('hans.klein@example.org')], 'an hans.klein@example.org', 'an #'],
    [[...hansKlein, ...company('Hörgeräte Klein')], 'Hörgeräte Klein Hans', '#'],
    [[...last('Klein'), ...street('Klein 12')], 'Klein 12', '#'],
    [[...number('12345678'), ...number('5678 9012')], '1234 5678 9012', '#'],
    [last('Anonymisiert'), '[anonymisiert] Anonymisiert ANONYMISIERT', '[anonymisiert] # #'],
    [[...company('anonymisiert'), ...number('anonymisiert')], '[anonymisiert], anonymisiert', '[anonymisiert], #'],
    [hansKlein, 'hans [anonymisiert] klein', '='],
    [[...email('hans@x.example'), ...company('Foo')], 'foo.hans@x.example', '#.#'],
    [last('.*', '$&', '(a+)+$', 'Klein'), '.* $& (a+)+$ Klein 👍🏽', '.* $& (a+)+$ # 👍🏽'],
  ],
};

describe('Redactor', () => {
  for (const [topic, cases] of Object.entries(CASES)) {
    describe(topic, () => {
      it.each(cases)('%j: %s', (identifiers, text, expected) => {
        const redactor = new Redactor(identifiers);
        const wanted = expected === '=' ? text : expected.replaceAll('#', REDACTED);
        expect(redactor.redact(text)).toBe(wanted);
        expect(redactor.finds(text)).toBe(wanted !== text);
        expect(redactor.redact(wanted)).toBe(wanted);
      });
    });
  }
});

describe('Redactor, for any text', () => {
  const letters = [...'abcdefghiklmnoprstuvwzäöüß'];
  const name = fc
    .array(fc.constantFrom(...letters), { minLength: 3, maxLength: 10 })
    .map(([head = 'a', ...tail]) => (head === 'ß' ? 'S' : head.toUpperCase()) + tail.join(''));
  const customer = fc
    .record({ first: name, last: name, number: fc.integer({ min: 1000, max: 99_999_999 }).map(String) })
    .map((values) => [
      ...first(values.first),
      ...last(values.last, `${values.last}-${values.first}`),
      ...number(values.number),
      ...phone(`0171 ${values.number}`),
      ...email(`${values.first}.${values.last}@example.org`),
      ...born('1950-03-05'),
    ]);
  const noise = fc.oneof(
    fc.constantFrom(
      ' ',
      ', ',
      '-',
      '.',
      '@',
      '[',
      ']',
      '(',
      '+49',
      '5.3.50',
      REDACTED,
      'klein',
      'Ä',
      'u\u0308',
      '\u0301',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
    name,
  );
  /** A customer and a text with some of the customer's values among other words. */
  const customerAndText = customer.chain((identifiers) => {
    const value = fc.constantFrom(...identifiers.map((identifier) => identifier.value));
    return fc.tuple(
      fc.constant(identifiers),
      fc.array(fc.oneof(noise, value), { maxLength: 20 }).map((parts) => parts.join('')),
    );
  });

  const writtenOut = (text: string): string =>
    text.replace(
      /[äöüßÄÖÜ]/g,
      (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' })[letter] ?? letter,
    );
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.normalize('NFD'),
    (text) => text.toUpperCase().normalize('NFD'),
    writtenOut,
    (text) => writtenOut(text).toUpperCase(),
  );
  const before = fc.constantFrom('', '7 ', '(', '„', '1. ', '7-');
  const after = fc.constantFrom('', ', ', ') ', '!', ' – 7', '-7', '/');

  it('leaves everything outside the matches unchanged', () => {
    fc.assert(
      fc.property(customerAndText, ([identifiers, text]) => {
        let position = 0;
        for (const piece of new Redactor(identifiers).redact(text).split(REDACTED)) {
          const found = text.indexOf(piece, position);
          expect(found).toBeGreaterThanOrEqual(position);
          position = found + piece.length;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing the second time, and finds exactly what it changes', () => {
    fc.assert(
      fc.property(customerAndText, ([identifiers, text]) => {
        const redactor = new Redactor(identifiers);
        const once = redactor.redact(text);
        expect(redactor.redact(once)).toBe(once);
        expect(redactor.finds(once)).toBe(false);
        expect(redactor.finds(text)).toBe(once !== text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a lone name in every form of one spelling', () => {
    fc.assert(
      fc.property(name, form, form, before, after, (value, stored, written, head, tail) => {
        const text = head + written(value) + tail;
        expect(new Redactor(last(stored(value))).redact(text)).toBe(head + REDACTED + tail);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a full name in any case', () => {
    const casing = fc.func(fc.boolean());
    fc.assert(
      fc.property(
        name,
        name,
        form,
        casing,
        fc.boolean(),
        before,
        after,
        (a, b, written, upper, reversed, head, tail) => {
          const full = written(reversed ? `${b}, ${a}` : `${a} ${b}`);
          const text = [...full]
            .map((letter, at) => (upper(at) ? letter.toUpperCase() : letter.toLowerCase()))
            .join('');
          expect(new Redactor([...first(a), ...last(b)]).redact(head + text + tail)).toBe(head + REDACTED + tail);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never touches a longer word', () => {
    const letter = fc.constantFrom('x', 'X', 'é', '7');
    fc.assert(
      fc.property(customer, fc.array(letter, { minLength: 1, maxLength: 9 }), (identifiers, extra) => {
        const glue = extra.map(
          (char, at) => `${char}${char}${identifiers[at % 3]?.value.replaceAll('-', '') ?? ''}${char}`,
        );
        const text = glue.join(' ');
        expect(new Redactor(identifiers).redact(text)).toBe(text);
      }),
    );
  });

  it('treats NFC and NFD alike', () => {
    fc.assert(
      fc.property(customerAndText, ([identifiers, text]) => {
        const decomposed = identifiers.map(({ kind, value }) => ({ kind, value: value.normalize('NFD') }));
        const redacted = new Redactor(identifiers).redact(text.normalize('NFC')).normalize('NFC');
        expect(new Redactor(identifiers).redact(text.normalize('NFD')).normalize('NFC')).toBe(redacted);
        expect(new Redactor(decomposed).redact(text.normalize('NFC')).normalize('NFC')).toBe(redacted);
      }),
      { numRuns: 2_000 },
    );
  });
});

import { TREATMENTS } from '../../kernel/personal-data';
import { leafHash } from '../../libraries/transparency-log';
import { groupEffects } from './effect-groups';
import { groundsIn, MODULE_WORDS, TABLE_WORDS, TREATMENT_WORDS, wordsFor } from './effect-words';
import type { Language, Words } from './language';
import { ACTION_WORDS, PAGE_WORDS, REASON_WORDS } from './page-words';
import { anonymizationIn, contentOf, IN_FORCE, type Receipt } from './receipt';
import { ReceiptSheet, type SheetRow } from './receipt-sheet';

export interface Issue {
  readonly language: Language;
  /** time zone of the shops, in which instants are shown */
  readonly timeZone: string;
  readonly issuedAt: Date;
}

/** The text of the page also mentions this name. */
const ATTACHMENT = 'anonymization-receipt.json';
const COMMAND = 'npm run audit:verify -- --receipt anonymization-receipt.json';

const FACTS = [{ share: 0.3 }, { share: 0.7 }];
const EFFECTS = [{ share: 0.36 }, { share: 0.19 }, { share: 0.1, align: 'right' as const }, { share: 0.35 }];
const LEGEND = [{ share: 0.2 }, { share: 0.8 }];
const ENTRIES = [
  { share: 0.09, align: 'right' as const },
  { share: 0.29 },
  { share: 0.17 },
  { share: 0.45, isSmall: true },
];

const NOTHING = '–';

/** Renders the certificate as a PDF for filing, with the JSON as an attachment. */
export function receiptPages(receipt: Receipt, { language, timeZone, issuedAt }: Issue): AsyncGenerator<Buffer> {
  const say = (words: Words): string => words[language];
  const when = instants(language, timeZone);
  const sheet = new ReceiptSheet(say(PAGE_WORDS.title), say(PAGE_WORDS.subtitle), language, issuedAt);
  const contents = receipt.entries.map(contentOf);
  const anonymization = anonymizationIn(contents);

  sheet.grid(
    FACTS,
    pairs([
      [say(PAGE_WORDS.customerNumber), receipt.customerNumber],
      [say(PAGE_WORDS.customerId), receipt.customerId],
      [say(PAGE_WORDS.anonymizedAt), when.long(receipt.anonymizedAt)],
      [say(PAGE_WORDS.label), anonymization.details.label ?? NOTHING],
      [say(PAGE_WORDS.actor), anonymization.actorId ?? NOTHING],
      [say(PAGE_WORDS.reason), say(REASON_WORDS[receipt.reason])],
      [say(PAGE_WORDS.reference), receipt.reference ?? NOTHING],
      [say(PAGE_WORDS.run), receipt.runId],
      [say(PAGE_WORDS.issuedAt), when.long(issuedAt.toISOString())],
    ]),
  );

  sheet.section(say(PAGE_WORDS.effects));
  sheet.paragraph(say(PAGE_WORDS.effectsNote));
  sheet.grid(
    EFFECTS,
    effectRows(receipt, language),
    [PAGE_WORDS.table, PAGE_WORDS.treatment, PAGE_WORDS.rows, PAGE_WORDS.ground].map(say),
  );
  const used = TREATMENTS.filter((each) => receipt.effects.some(({ treatment }) => treatment === each));
  sheet.section(say(PAGE_WORDS.legend));
  sheet.grid(LEGEND, pairs(used.map((each) => [say(TREATMENT_WORDS[each].name), say(TREATMENT_WORDS[each].meaning)])));

  sheet.section(say(PAGE_WORDS.entries));
  sheet.grid(
    ENTRIES,
    receipt.entries.map(({ sequence, canonical }, index) => {
      const { module, action, occurredAt } = contents[index]!;
      const what = say(ACTION_WORDS[action]);
      const entry = action === IN_FORCE ? what : `${wordsFor(MODULE_WORDS, module, language)}: ${what}`;
      return { cells: [String(sequence), entry, when.short(occurredAt), leafHash(canonical).toString('base64')] };
    }),
    [PAGE_WORDS.sequence, PAGE_WORDS.entry, PAGE_WORDS.occurredAt, PAGE_WORDS.leafHash].map(say),
  );

  sheet.section(say(PAGE_WORDS.checkpoint));
  sheet.verbatim(receipt.checkpoint.trimEnd());

  sheet.section(say(PAGE_WORDS.check));
  sheet.paragraph(say(PAGE_WORDS.attachment));
  sheet.verbatim(COMMAND);
  sheet.paragraph(say(PAGE_WORDS.trust));
  sheet.verbatim([`${say(PAGE_WORDS.verifierKeys)}:`, ...receipt.verifierKeys].join('\n'));

  sheet.attach(ATTACHMENT, 'application/json', Buffer.from(JSON.stringify(receipt)));
  return sheet.finish(
    (page, pages) =>
      `${say(PAGE_WORDS.title)} · ${receipt.customerNumber} · ${say(PAGE_WORDS.page)} ${page} ` +
      `${say(PAGE_WORDS.of)} ${pages}`,
  );
}

/** Rows of the table of effects: a heading for each module, and the name of a table in its first row only. */
const effectRows = ({ effects }: Receipt, language: Language): SheetRow[] =>
  groupEffects(effects, Object.keys(MODULE_WORDS) as (keyof typeof MODULE_WORDS)[]).flatMap(({ module, tables }) => [
    { cells: [wordsFor(MODULE_WORDS, module, language)], isHeading: true },
    ...tables.flatMap(({ table, effects: ofTable }) =>
      ofTable.map(({ treatment, rows, reason }, index) => ({
        cells: [
          index === 0 ? wordsFor(TABLE_WORDS, table, language) : '',
          TREATMENT_WORDS[treatment].name[language],
          String(rows),
          reason === undefined ? NOTHING : groundsIn(reason, language),
        ],
        ...(index === 0 ? {} : { continued: wordsFor(TABLE_WORDS, table, language) }),
      })),
    ),
  ]);

const pairs = (rows: readonly (readonly [string, string])[]): SheetRow[] => rows.map((cells) => ({ cells }));

function instants(language: Language, timeZone: string) {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone });
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return {
    long: (instant: string) => long.format(new Date(instant)),
    short: (instant: string) => short.format(new Date(instant)),
  };
}

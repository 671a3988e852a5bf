import PDFDocument from 'pdfkit';
import type { Letter, Recipient } from './letter';

/** The standard fonts of PDF lack letters such as those of Łukasz and Doğan. */
const FONT = require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');

const MM = 72 / 25.4;

/** DIN 5008, form B: where a window envelope shows the address, and where to fold and punch. */
const LEFT = 25 * MM;
const RIGHT = 20 * MM;
const ADDRESS_TOP = 62.7 * MM;
const ADDRESS = { width: 80 * MM, height: 27.3 * MM };
const TEXT_TOP = 104 * MM;
const NEXT_PAGE_TOP = 27 * MM;
const BOTTOM = 25 * MM;
const MARKS = [
  { at: 105 * MM, length: 5 * MM },
  { at: 148.5 * MM, length: 8 * MM },
  { at: 210 * MM, length: 5 * MM },
];
const FONT_SIZE = 11;
/** The address zone has room for six lines. */
const ADDRESS_FONT_SIZE = 10;

/**
 * One PDF of all letters, each on a page of its own; pieces come as soon as they are drawn, and no more are kept than
 * the reader has taken.
 */
export async function* letterPages(letters: AsyncIterable<Letter>): AsyncGenerator<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: NEXT_PAGE_TOP, bottom: BOTTOM, left: LEFT, right: RIGHT },
    autoFirstPage: false,
    font: FONT,
    lang: 'de',
  });
  forgetWrittenPages(document);
  let isEmpty = true;
  for await (const letter of letters) {
    isEmpty = false;
    draw(document, letter);
    yield* drawn(document);
  }
  if (isEmpty) document.addPage(); // a PDF without a page is none
  document.end();
  for await (const piece of document) yield piece as Buffer;
}

/** The words of so many pages are laid out once; all together they would be every name and street. */
const PAGES_PER_LAYOUT = 200;

/**
 * The document keeps a list of its pages and of all words to the end; of the pages it needs no more than their numbers.
 */
function forgetWrittenPages(document: PDFKit.PDFDocument): void {
  const { _font: font } = document as unknown as { readonly _font: { layoutCache: object } };
  let written: PDFKit.PDFPage | null = null;
  let pages = 0;
  document.on('pageAdded', () => {
    if (written !== null) Object.assign(written.dictionary, { data: {} });
    written = document.page;
    if (++pages % PAGES_PER_LAYOUT === 0) font.layoutCache = Object.create(null) as object;
  });
}

function draw(document: PDFKit.PDFDocument, { recipient, text }: Letter): void {
  document.addPage();
  for (const { at, length } of MARKS) document.moveTo(0, at).lineTo(length, at);
  document.lineWidth(0.25).stroke();
  document
    .fontSize(ADDRESS_FONT_SIZE)
    .text(addressLines(recipient).join('\n'), LEFT, ADDRESS_TOP, { ...ADDRESS, ellipsis: true });
  document.fontSize(FONT_SIZE).text(oneLineEnd(text), LEFT, TEXT_TOP);
}

function addressLines({ salutation, firstName, lastName, companyName, street, postalCode, city }: Recipient): string[] {
  const joined = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' ');
  const lines = [companyName, salutation, joined(firstName, lastName), street, joined(postalCode, city)];
  return lines.map((line) => line?.replace(/\s+/g, ' ').trim() ?? '').filter(Boolean);
}

const oneLineEnd = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\t', '    ');

function* drawn(document: PDFKit.PDFDocument): Generator<Buffer> {
  for (let piece: unknown; (piece = document.read()) !== null;) yield piece as Buffer;
}

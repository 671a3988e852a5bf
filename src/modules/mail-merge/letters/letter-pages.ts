import PDFDocument from 'pdfkit';
import type { Letter, Recipient } from './letter';

/** The standard PDF fonts lack letters such as the Ł of Łukasz and the ğ of Doğan. */
const FONT = require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');

const MM = 72 / 25.4;

/** DIN 5008, form B: position of the address window, and of the fold and punch marks. */
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
/** Fits six lines into the address zone. */
const ADDRESS_FONT_SIZE = 10;

/**
 * Renders all letters into one PDF, each on a new page. Yields chunks as they are drawn, and buffers no more than the
 * reader has consumed.
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
  if (isEmpty) document.addPage(); // a PDF needs at least one page
  document.end();
  for await (const piece of document) yield piece as Buffer;
}

/** Pages after which the layout cache is cleared. Otherwise it would grow to hold every name and street. */
const PAGES_PER_LAYOUT = 200;

/**
 * Frees the content of written pages and the layout cache. PDFKit would keep both until the document ends, but it needs
 * only the number of pages.
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

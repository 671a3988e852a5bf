import PDFDocument from 'pdfkit';

/** The standard PDF fonts lack letters such as the Ł of Łukasz and the ğ of Doğan, which the label may contain. */
const REGULAR = require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
const BOLD = require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf');

const MM = 72 / 25.4;
/** The left margin leaves room for punched holes. */
const MARGINS = { top: 20 * MM, bottom: 22 * MM, left: 25 * MM, right: 18 * MM };
const FOOTER_BELOW_TEXT = 8 * MM;

const SIZE = { title: 17, section: 11.5, text: 9, grid: 8.5, small: 7.5 } as const;
const INK = '#1b1b1b';
const FAINT = '#666666';
const RULE = '#c9c9c9';
const BAND = '#f0f0ee';

const CELL = { above: 2.5, below: 3, between: 8 } as const;
/** Keeps a heading together with the text below it. */
const ROOM_BELOW_HEADING = 28 * MM;

export interface SheetColumn {
  /** fraction of the width */
  readonly share: number;
  readonly align?: 'left' | 'right';
  /** for long hashes */
  readonly isSmall?: boolean;
}

export interface SheetRow {
  readonly cells: readonly string[];
  /** printed in bold on a band of its own */
  readonly isHeading?: boolean;
  /** text of the empty first cell when the row begins a page */
  readonly continued?: string;
}

/** An A4 document of headings, paragraphs and grids. */
export class ReceiptSheet {
  private readonly document: PDFKit.PDFDocument;

  constructor(title: string, subtitle: string, language: string, issuedAt: Date) {
    this.document = new PDFDocument({
      size: 'A4',
      margins: MARGINS,
      font: REGULAR,
      lang: language,
      displayTitle: true,
      bufferPages: true, // the footer shows the number of pages
      info: { Title: title, CreationDate: issuedAt },
    });
    this.document.font(BOLD).fontSize(SIZE.title).fillColor(INK).text(title);
    this.paragraph(subtitle);
  }

  section(text: string): void {
    this.document.moveDown(0.8);
    this.leaveRoom(ROOM_BELOW_HEADING);
    this.document.font(BOLD).fontSize(SIZE.section).fillColor(INK).text(text, MARGINS.left).moveDown(0.3);
  }

  paragraph(text: string): void {
    this.document.font(REGULAR).fontSize(SIZE.text).fillColor(FAINT).text(text, MARGINS.left, undefined, this.wide);
    this.document.moveDown(0.4);
  }

  /** Text that keeps its line breaks, such as a signed note. */
  verbatim(text: string): void {
    this.document.font(REGULAR).fontSize(SIZE.small).fillColor(INK);
    this.leaveRoom(this.document.heightOfString(text, this.wide));
    this.document.text(text, MARGINS.left, undefined, this.wide).moveDown(0.6);
  }

  grid(columns: readonly SheetColumn[], rows: readonly SheetRow[], head?: readonly string[]): void {
    const drawHead = () => head !== undefined && this.row(columns, { cells: head }, { font: BOLD, color: FAINT });
    drawHead();
    rows.forEach((row, index) => {
      const next = row.isHeading === true ? rows[index + 1] : undefined;
      const height = this.heightOf(columns, row) + (next === undefined ? 0 : this.heightOf(columns, next));
      const beginsPage = this.leaveRoom(height);
      if (beginsPage) drawHead();
      const shown = beginsPage && row.continued !== undefined ? { cells: [row.continued, ...row.cells.slice(1)] } : row;
      this.row(columns, shown, { font: row.isHeading === true ? BOLD : REGULAR, color: INK });
    });
    this.document.moveDown(0.6);
  }

  attach(name: string, type: string, content: Buffer): void {
    this.document.file(content, { name, type });
  }

  /** @param footer text at the bottom of each page */
  async *finish(footer: (page: number, pages: number) => string): AsyncGenerator<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(page);
      this.document.page.margins.bottom = 0; // text in the margin would begin a new page
      this.document
        .font(REGULAR)
        .fontSize(SIZE.small)
        .fillColor(FAINT)
        .text(footer(page + 1, count), MARGINS.left, this.document.page.height - MARGINS.bottom + FOOTER_BELOW_TEXT, {
          lineBreak: false,
        });
    }
    this.document.end();
    for await (const piece of this.document) yield piece as Buffer;
  }

  private row(
    columns: readonly SheetColumn[],
    row: SheetRow,
    { font, color }: { readonly font: string; readonly color: string },
  ): void {
    const { document } = this;
    const top = document.y;
    const bottom = top + this.heightOf(columns, row);
    if (row.isHeading === true) document.rect(MARGINS.left, top, this.width, bottom - top).fill(BAND);
    let left = MARGINS.left + (row.isHeading === true ? CELL.above : 0);
    document.font(font).fillColor(color);
    row.cells.forEach((text, index) => {
      const width = this.widthOf(columns, row, index);
      document
        .fontSize(sizeOf(columns[index]!))
        .text(text, left, top + CELL.above, { width, align: columns[index]!.align });
      left += width + CELL.between;
    });
    document
      .moveTo(MARGINS.left, bottom)
      .lineTo(MARGINS.left + this.width, bottom)
      .lineWidth(0.4)
      .stroke(RULE);
    document.x = MARGINS.left;
    document.y = bottom;
  }

  private heightOf(columns: readonly SheetColumn[], row: SheetRow): number {
    this.document.font(row.isHeading === true ? BOLD : REGULAR);
    const heights = row.cells.map((text, index) =>
      this.document
        .fontSize(sizeOf(columns[index]!))
        .heightOfString(text, { width: this.widthOf(columns, row, index) }),
    );
    return CELL.above + Math.max(...heights) + CELL.below;
  }

  /** A single cell spans the whole row. */
  private widthOf(columns: readonly SheetColumn[], { cells }: SheetRow, index: number): number {
    const share = cells.length === 1 ? 1 : columns[index]!.share;
    return this.width * share - CELL.between;
  }

  /** Begins a new page unless `height` fits on this one. Returns whether it did. */
  private leaveRoom(height: number): boolean {
    const { page, y } = this.document;
    if (y + height <= page.height - MARGINS.bottom) return false;
    this.document.addPage();
    return true;
  }

  private get width(): number {
    return this.document.page.width - MARGINS.left - MARGINS.right;
  }

  private get wide() {
    return { width: this.width };
  }
}

const sizeOf = ({ isSmall }: SheetColumn): number => (isSmall === true ? SIZE.small : SIZE.grid);

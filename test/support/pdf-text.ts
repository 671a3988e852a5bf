import { inflateSync } from 'node:zlib';

/** The text of each page of a PDF whose embedded fonts have a ToUnicode map; lines are in drawing order. */
export function textOfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const [, contents] = /\/Contents (\d+) 0 R/.exec(dictionary)!;
    return linesOf(objects.get(contents!)!.stream, fontsOf(dictionary, objects));
  });
}

/** The files attached to a PDF. */
export function attachmentsOf(pdf: Buffer): Buffer[] {
  const files = [...objectsOf(pdf).values()].filter(({ dictionary }) => /\/Type \/EmbeddedFile\b/.test(dictionary));
  return files.map(({ stream }) => Buffer.from(stream, 'latin1'));
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const { 0: head, 1: id, index } of text.matchAll(/(\d+) 0 obj\n/g)) {
    const end = text.indexOf('endobj', index);
    const start = text.indexOf('stream\n', index);
    const dictionary = text.slice(index + head.length, start > 0 && start < end ? start : end);
    const [, length] = /\/Length (\d+)/.exec(dictionary) ?? [];
    const bytes = length === undefined ? null : pdf.subarray(start + 7, start + 7 + Number(length));
    const isPacked = dictionary.includes('/FlateDecode');
    const stream = bytes === null ? '' : (isPacked ? inflateSync(bytes) : bytes).toString('latin1');
    objects.set(id!, { dictionary, stream });
  }
  return objects;
}

type Glyphs = ReadonlyMap<string, string>;

/** The text of each glyph of each font, by the font's name on the page. */
function fontsOf(page: string, objects: ReadonlyMap<string, PdfObject>): ReadonlyMap<string, Glyphs> {
  const [, resources] = /\/Resources (\d+) 0 R/.exec(page) ?? [];
  const named = [...(objects.get(resources ?? '')?.dictionary ?? page).matchAll(/\/(F\d+) (\d+) 0 R/g)];
  return new Map(
    named.map(([, name, font]) => {
      const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font!)!.dictionary)!;
      return [name!, glyphsOf(objects.get(map!)!.stream)];
    }),
  );
}

/** `<0000> <00ff> [<0041> <0066 0066> …]`: one text for each glyph, starting with the first. */
function glyphsOf(map: string): Glyphs {
  const unicode = new Map<string, string>();
  for (const [, first, texts] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    for (const [index, [, text]] of [...texts!.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      unicode.set(
        (parseInt(first!, 16) + index).toString(16).padStart(4, '0'),
        Buffer.from(text!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
  return unicode;
}

function linesOf(content: string, fonts: ReadonlyMap<string, Glyphs>): string {
  const lines: string[] = [];
  let glyphs: Glyphs = new Map();
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g))
    if (font !== undefined) glyphs = fonts.get(font)!;
    else lines.push(textOf(shown!, glyphs));
  return lines.join('\n');
}

const textOf = (shown: string, glyphs: Glyphs): string =>
  [...shown.matchAll(/<([0-9a-f]+)>/gi)]
    .flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
    .map((glyph) => glyphs.get(glyph.toLowerCase()) ?? '\uFFFD')
    .join('');

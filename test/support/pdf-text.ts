import { inflateSync } from 'node:zlib';

/** The text of each page of a PDF whose fonts are embedded with a map to Unicode; lines are as they were drawn. */
export function textOfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const unicode = new Map<string, string>();
  for (const { stream } of objects.values()) if (stream.includes('beginbfrange')) readUnicode(stream, unicode);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const [, contents] = /\/Contents (\d+) 0 R/.exec(dictionary)!;
    return linesOf(objects.get(contents!)!.stream, unicode);
  });
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

/** `<0000> <00ff> [<0041> <0042> …]`: the glyphs from the first on, one text each. */
function readUnicode(map: string, unicode: Map<string, string>): void {
  for (const [, first, texts] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    for (const [index, [, text]] of [...texts!.matchAll(/<([0-9a-f]*)>/gi)].entries())
      unicode.set(
        (parseInt(first!, 16) + index).toString(16).padStart(4, '0'),
        Buffer.from(text!, 'hex').swap16().toString('utf16le'),
      );
}

const linesOf = (content: string, unicode: ReadonlyMap<string, string>): string =>
  [...content.matchAll(/\[([^\]]*)\] TJ/g)]
    .map(([, shown]) =>
      [...shown!.matchAll(/<([0-9a-f]+)>/gi)]
        .flatMap(([, glyphs]) => glyphs!.match(/.{4}/g) ?? [])
        .map((glyph) => unicode.get(glyph.toLowerCase()) ?? '\uFFFD')
        .join(''),
    )
    .join('\n');

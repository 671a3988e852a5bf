/** Encodings in which a text can occur in a sink without being readable at once. */
const FORMS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  raw: (text) => [text],
  URL: (text) => [encodeURIComponent(text)],
  JSON: (text) => [JSON.stringify(text).slice(1, -1)],
  hex: (text) => [Buffer.from(text).toString('hex')],
  'UTF-16': (text) => [utf16(text).toString('latin1'), utf16(text).swap16().toString('latin1')],
  base64: (text) => [base64In(Buffer.from(text)), base64In(utf16(text))].flat(),
};

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** The base64 of a text at each of the three offsets, without the characters that depend on its neighbours. */
const base64In = (bytes: Buffer): string[] =>
  [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });

/** The texts found in the sink, each with its form; base64 is case-sensitive, all other forms are not. */
export function sightingsOf(texts: readonly string[], sink: string): string[] {
  const lower = sink.toLowerCase();
  return texts.flatMap((text) =>
    Object.entries(FORMS).flatMap(([form, write]) => {
      const isSeen = [text, text.toLowerCase()]
        .flatMap(write)
        .some((written) => (form === 'base64' ? sink.includes(written) : lower.includes(written.toLowerCase())));
      return isSeen ? [`${text} as ${form}`] : [];
    }),
  );
}

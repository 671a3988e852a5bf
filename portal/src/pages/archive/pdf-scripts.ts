/**
 * What an action with a program, or one that leaves the document, cannot do without (ISO 32000-1, 12.6.4 and 12.7.8);
 * and what hides names.
 */
const ACTIVE = /\/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia|Encrypt)(?![\w.-])/;
const PACKED = /\/ObjStm(?![\w.-])/g;
const STREAM = /(?<!end)stream\r?\n/g;
const LENGTH = /\/Length\s+(\d+)(?!\s+\d+\s+R)/;
const USUAL_FILTER = /\/Filter\s*\[?\s*\/FlateDecode(?![\w.-])\s*(?:\]|\/(?!DecodeParms)|>>)/;

/**
 * Whether a PDF brings programs along. Viewers of browsers keep them apart from the page, and yet run them. What cannot
 * be read counts as one that does: a file that is no PDF, one that is encrypted, objects that are packed in an unusual
 * way.
 */
export async function mayBringScripts(bytes: ArrayBuffer): Promise<boolean> {
  const text = new TextDecoder('latin1').decode(bytes); // a character for each byte
  const names = withoutCodes(text);
  if (!text.startsWith('%PDF-') || ACTIVE.test(names)) return true;
  let packed = names.match(PACKED)?.length ?? 0;
  for (const { 0: keyword, index } of packed === 0 ? [] : text.matchAll(STREAM)) {
    const dictionary = withoutCodes(text.slice(text.lastIndexOf(' obj', index), index));
    if (dictionary.search(PACKED) < 0) continue;
    const objects = await unpacked(bytes, dictionary, index + keyword.length);
    if (objects === null || ACTIVE.test(withoutCodes(objects))) return true;
    packed--;
  }
  return packed !== 0; // some were not found
}

/** Names may be spelled with codes: `/J#53` is `/JS`. */
const withoutCodes = (text: string): string =>
  text.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Null where it is packed in another way than the usual one. */
async function unpacked(bytes: ArrayBuffer, dictionary: string, start: number): Promise<string | null> {
  const length = LENGTH.exec(dictionary)?.[1];
  if (length === undefined || !USUAL_FILTER.test(dictionary)) return null;
  try {
    const inflated = new Blob([bytes.slice(start, start + Number(length))])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'));
    return new TextDecoder('latin1').decode(await new Response(inflated).arrayBuffer());
  } catch {
    return null; // cut, or packed in another way than it says
  }
}

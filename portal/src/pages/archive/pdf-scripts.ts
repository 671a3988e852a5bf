/** Names that an active or external action requires (ISO 32000-1, 12.6.4 and 12.7.8), and features that hide names. */
const ACTIVE = /\/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia|Encrypt)(?![\w.-])/;
const PACKED = /\/ObjStm(?![\w.-])/g;
const STREAM = /(?<!end)stream\r?\n/g;
const LENGTH = /\/Length\s+(\d+)(?!\s+\d+\s+R)/;
const USUAL_FILTER = /\/Filter\s*\[?\s*\/FlateDecode(?![\w.-])\s*(?:\]|\/(?!DecodeParms)|>>)/;

/**
 * Whether a PDF may contain scripts. Browser viewers isolate scripts from the page, but run them. A file that cannot be
 * read counts as containing scripts: a file that is not a PDF, an encrypted one, or objects packed in an unusual way.
 */
export async function mayBringScripts(bytes: ArrayBuffer): Promise<boolean> {
  const text = new TextDecoder('latin1').decode(bytes); // one character per byte
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
  return packed !== 0; // some object streams were not found
}

/** Decodes escaped names: `/J#53` is `/JS`. */
const withoutCodes = (text: string): string =>
  text.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Decompresses an object stream; null if its compression is unsupported. */
async function unpacked(bytes: ArrayBuffer, dictionary: string, start: number): Promise<string | null> {
  const length = LENGTH.exec(dictionary)?.[1];
  if (length === undefined || !USUAL_FILTER.test(dictionary)) return null;
  try {
    const inflated = new Blob([bytes.slice(start, start + Number(length))])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'));
    return new TextDecoder('latin1').decode(await new Response(inflated).arrayBuffer());
  } catch {
    return null; // truncated, or not compressed as declared
  }
}

import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { mayBringScripts } from '../../portal/src/pages/archive/pdf-scripts';

const SCRIPT = '<</S/JavaScript/JS(app.alert("owned");)>>';

const bytesOf = (text: string | Buffer): ArrayBuffer => new Uint8Array(Buffer.from(text as string, 'latin1')).buffer;

/** A file with an object, and one with the same object compressed. */
const plain = (object: string) => bytesOf(`%PDF-1.7\n1 0 obj\n${object}\nendobj\n`);
function packed(
  object: string,
  dictionary = (length: number) => `/Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${length}`,
) {
  const content = deflateSync(Buffer.from(`1 0 ${object}`, 'latin1'));
  return bytesOf(
    `%PDF-1.7\n2 0 obj\n<<${dictionary(content.length)}>>\nstream\n${content.toString('latin1')}\nendstream\nendobj\n`,
  );
}

describe('a PDF that may contain scripts', () => {
  it.each([
    ['an action', plain(SCRIPT)],
    ['an action spelled with codes', plain(SCRIPT.replace('/JavaScript', '/#4aavaScript'))],
    ['one that starts a program', plain('<</S/Launch/F(calc)>>')],
    ['one that sends what was filled in', plain('<</S/SubmitForm/F(https://example.org)>>')],
    ['a packed action', packed(SCRIPT)],
    ['a packed action spelled with codes', packed(SCRIPT.replace('/JavaScript', '/JavaScrip#74'))],
    [
      'a packed action in a hidden place',
      packed(SCRIPT, (length) => `/Type/Obj#53tm/Filter/FlateDecode/Length ${length}`),
    ],
    [
      'packed objects whose place is veiled',
      packed('<<>>', (length) => `/Type/ObjStm/A( obj)/Filter/FlateDecode/Length ${length}`),
    ],
    [
      'objects packed in an unusual way',
      packed('<<>>', (length) => `/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]/Length ${length}`),
    ],
    ['packed objects of unknown length', packed('<<>>', () => '/Type/ObjStm/Filter/FlateDecode/Length 3 0 R')],
    ['packed objects that are cut', packed('<<>>', (length) => `/Type/ObjStm/Filter/FlateDecode/Length ${length - 3}`)],
    ['an encrypted one', plain('<</Encrypt 4 0 R>>')],
    ['no PDF at all', bytesOf('<script>')],
    ['nothing', bytesOf('')],
  ])('%s', async (_, bytes) => {
    expect(await mayBringScripts(bytes)).toBe(true);
  });

  it.each([
    ['a page', plain('<</Type/Page/Contents 3 0 R>>')],
    ['packed objects', packed('<</Type/Page/Annots[]>>')],
    [
      'packed objects with a list of one filter',
      packed('<<>>', (length) => `/Type /ObjStm /Length ${length} /Filter [ /FlateDecode ]`),
    ],
    ['a link to another page', plain('<</S/GoTo/D[1 0 R/Fit]>>')],
  ])('is not one with %s', async (_, bytes) => {
    expect(await mayBringScripts(bytes)).toBe(false);
  });

  it('is not a letter', async () => {
    const document = new PDFDocument({ compress: true });
    document.text('Guten Tag, hier steht JavaScript nur im Text.');
    document.end();
    expect(await mayBringScripts(bytesOf(document.read() as Buffer))).toBe(false);
  });
});

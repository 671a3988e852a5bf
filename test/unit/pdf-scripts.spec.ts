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
    ['an action with an escaped name', plain(SCRIPT.replace('/JavaScript', '/#4aavaScript'))],
    ['an action that starts a program', plain('<</S/Launch/F(calc)>>')],
    ['an action that submits a form', plain('<</S/SubmitForm/F(https://example.org)>>')],
    ['a compressed action', packed(SCRIPT)],
    ['a compressed action with an escaped name', packed(SCRIPT.replace('/JavaScript', '/JavaScrip#74'))],
    [
      'a compressed action in an object stream with an escaped name',
      packed(SCRIPT, (length) => `/Type/Obj#53tm/Filter/FlateDecode/Length ${length}`),
    ],
    [
      'compressed objects in an obfuscated object stream',
      packed('<<>>', (length) => `/Type/ObjStm/A( obj)/Filter/FlateDecode/Length ${length}`),
    ],
    [
      'objects with an unusual filter',
      packed('<<>>', (length) => `/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]/Length ${length}`),
    ],
    ['compressed objects of unknown length', packed('<<>>', () => '/Type/ObjStm/Filter/FlateDecode/Length 3 0 R')],
    [
      'truncated compressed objects',
      packed('<<>>', (length) => `/Type/ObjStm/Filter/FlateDecode/Length ${length - 3}`),
    ],
    ['an encrypted file', plain('<</Encrypt 4 0 R>>')],
    ['no PDF at all', bytesOf('<script>')],
    ['nothing', bytesOf('')],
  ])('%s', async (_, bytes) => {
    expect(await mayBringScripts(bytes)).toBe(true);
  });

  it.each([
    ['a page', plain('<</Type/Page/Contents 3 0 R>>')],
    ['compressed objects', packed('<</Type/Page/Annots[]>>')],
    [
      'compressed objects with a list of one filter',
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

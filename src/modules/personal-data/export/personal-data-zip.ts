import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PersonalData } from '../queries/export-personal-data/export-personal-data.query';

/**
 * A ZIP stream of `data.json` and the documents, one after another at the reader's pace. The stream fails when a
 * document cannot be read completely.
 */
export function personalDataZip({ stored, files }: PersonalData): Readable {
  const zip = new ZipFile();
  const outputStream = zip.outputStream as Readable; // a PassThrough, but typed as the narrower NodeJS.ReadableStream
  let open: Readable | undefined;
  zip.on('error', (error: Error) => outputStream.destroy(error));
  outputStream.once('close', () => open?.destroy()); // the reader disconnected
  zip.addBuffer(Buffer.from(JSON.stringify(stored, null, 2)), 'data.json');
  for (const file of files)
    zip.addReadStreamLazy(file.path, (done) => {
      const fail = (error: unknown) => zip.emit('error', error);
      file.open().then((bytes) => {
        open = bytes.once('error', fail);
        if (outputStream.destroyed) bytes.destroy();
        else done(null, bytes);
      }, fail);
    });
  zip.end();
  return outputStream;
}

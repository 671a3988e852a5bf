import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PersonalData } from '../queries/export-personal-data/export-personal-data.query';

/**
 * `data.json` and the documents, one after the other at the reader's pace. What cannot be read to its end makes the
 * stream fail.
 */
export function personalDataZip({ stored, files }: PersonalData): Readable {
  const zip = new ZipFile();
  const outputStream = zip.outputStream as Readable; // a PassThrough, whose type says less
  let open: Readable | undefined;
  zip.on('error', (error: Error) => outputStream.destroy(error));
  outputStream.once('close', () => open?.destroy()); // the reader went away
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

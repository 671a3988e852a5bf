/** What is used of yazl 3.3, which brings no types. */
declare module 'yazl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  export class ZipFile extends EventEmitter {
    readonly outputStream: Readable;
    addBuffer(bytes: Buffer, path: string): void;
    addReadStreamLazy(path: string, open: (done: (error: unknown, stream?: Readable) => void) => void): void;
    end(): void;
  }
}

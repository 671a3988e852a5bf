/** What is used of busboy 1.6, which brings no types. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Readable, Writable } from 'node:stream';

  interface Options {
    readonly headers: IncomingHttpHeaders;
    /** of names in part headers; browsers send UTF-8 */
    readonly defParamCharset?: string;
    readonly limits?: Readonly<Record<'fieldSize' | 'fields' | 'files' | 'fileSize' | 'parts', number>>;
  }

  export interface Parser extends Writable {
    on(
      event: 'field',
      listener: (name: string | undefined, value: string, about: { readonly valueTruncated: boolean }) => void,
    ): this;
    on(
      event: 'file',
      listener: (name: string | undefined, bytes: Readable, about: { readonly filename?: string }) => void,
    ): this;
    on(event: 'fieldsLimit' | 'filesLimit' | 'partsLimit' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  function busboy(options: Options): Parser;
  export { busboy as default };
}

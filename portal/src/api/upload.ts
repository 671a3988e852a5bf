import { currentCsrfToken } from './client';
import { Problem } from './problem';

interface Options {
  /** from 0 to 1 */
  readonly onProgress: (share: number) => void;
  /** aborts the upload */
  readonly signal: AbortSignal;
}

/**
 * Uploads a form with a file and reports progress, which `fetch` does not.
 *
 * @throws Problem if the API refused the request or was unreachable
 */
export function upload<Body>(path: string, form: FormData, { onProgress, signal }: Options): Promise<Body> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('X-CSRF-Token', currentCsrfToken());
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => {
      const answer = request.response as object | null;
      if (request.status < 300) resolve(answer as Body);
      else reject(new Problem({ status: request.status, ...answer }));
    });
    for (const end of ['error', 'abort'])
      request.addEventListener(end, () => reject(new Problem({ code: 'UNREACHABLE' })));
    signal.throwIfAborted();
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

let csrfToken = '';

/** Sets the session's CSRF token, which every changing request must send. */
export const setCsrfToken = (token: string): void => {
  csrfToken = token;
};

/** The CSRF token for requests that do not use {@link api}. */
export const currentCsrfToken = (): string => csrfToken;

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
  },
  onError() {
    return new Problem({ code: 'UNREACHABLE' });
  },
};

/**
 * The API client, typed from docs/openapi.json for responses in JSON, which the API sends unless a file is requested.
 * The browser adds the session cookie.
 */
export const api = createClient<paths, 'application/json'>({ credentials: 'same-origin' });
api.use(session);

/**
 * Returns the body of the API's response.
 *
 * @throws Problem if the API refused the request
 */
export async function answered<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await call;
  if (response.ok) return data as Body;
  throw new Problem({ status: response.status, ...(typeof error === 'object' ? error : {}) });
}

/** Returns the body and its version for If-Match. */
export async function answeredWithVersion<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<{ body: Body; version: string }> {
  const result = await call;
  return { body: await answered(Promise.resolve(result)), version: result.response.headers.get('ETag') ?? '' };
}

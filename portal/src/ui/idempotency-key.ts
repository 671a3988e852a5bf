import { useRef } from 'react';

/**
 * The idempotency key of an attempt. The same content gets the same key, so that a retry after a lost connection has
 * no second effect.
 */
export function useIdempotencyKey(): (content: unknown) => string {
  const attempt = useRef({ content: '', key: '' });
  return (content) => {
    const asked = JSON.stringify(content);
    if (attempt.current.content !== asked) attempt.current = { content: asked, key: randomKey() };
    return attempt.current.key;
  };
}

/** A random UUID. `crypto.randomUUID` is available only over TLS. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

import { useRef } from 'react';

/**
 * The idempotency key of an attempt. It is the same for the same content, so that a retry after a broken connection
 * does nothing twice.
 */
export function useIdempotencyKey(): (content: unknown) => string {
  const attempt = useRef({ content: '', key: '' });
  return (content) => {
    const asked = JSON.stringify(content);
    if (attempt.current.content !== asked) attempt.current = { content: asked, key: randomKey() };
    return attempt.current.key;
  };
}

/** `crypto.randomUUID` is available only with TLS. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

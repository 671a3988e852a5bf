import { useRef } from 'react';

/**
 * The key under which the API answers one attempt once: the same as long as the same is asked for, so that trying again
 * after a broken connection does nothing twice.
 */
export function useIdempotencyKey(): (content: unknown) => string {
  const attempt = useRef({ content: '', key: '' });
  return (content) => {
    const asked = JSON.stringify(content);
    if (attempt.current.content !== asked) attempt.current = { content: asked, key: randomKey() };
    return attempt.current.key;
  };
}

/** `crypto.randomUUID` is there with TLS only. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Injection token of the key (32 bytes, key file `archive.key`) that wraps readable data keys. */
export const KEY_ENCRYPTION_KEY = Symbol('KEY_ENCRYPTION_KEY');

/** Injection token of the content store, see `storage/content-store.ts`. */
export const CONTENT_STORE = Symbol('CONTENT_STORE');

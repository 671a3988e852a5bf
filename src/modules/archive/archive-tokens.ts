/** The key (32 bytes, key file `archive.key`) under which readable data keys are wrapped. */
export const KEY_ENCRYPTION_KEY = Symbol('KEY_ENCRYPTION_KEY');

/** Where contents lie, see `storage/content-store.ts`. */
export const CONTENT_STORE = Symbol('CONTENT_STORE');

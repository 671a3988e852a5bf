/** Made by `portal/record-fields.mjs` from docs/openapi.json. */
declare module 'virtual:record-fields' {
  /** The forms of the kinds of record, with the fields in the order of the API. */
  export const RECORD_FIELDS: unknown;
  /** The same for every schema of the API whose fields have hints. */
  export const SCHEMA_FIELDS: unknown;
}

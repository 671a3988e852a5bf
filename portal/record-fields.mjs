import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULE = 'virtual:record-fields';
const LOADED = `\0${MODULE}`;
const OF_CUSTOMER = /^\/api\/v1\/customers\/\{id\}\/([a-z-]+)$/;

/** The fields of every schema, by the hints `x-lethe` in the description of the API. */
export function schemaFieldsOf({ components }) {
  const fields = Object.entries(components.schemas).map(([schema, { properties = {}, required = [] }]) => {
    const hinted = Object.entries(properties).filter(([, property]) => property['x-lethe'] !== undefined);
    const forms = hinted.map(([name, property]) => {
      const { kind: as, ...hint } = property['x-lethe'];
      return [name, { as, ...hint, ...(required.includes(name) ? { isRequired: true } : {}) }];
    });
    return [schema, Object.fromEntries(forms)];
  });
  return Object.fromEntries(fields.filter(([, forms]) => Object.keys(forms).length > 0));
}

/** The fields of every kind of record: those of the request that adds one. */
export function recordFieldsOf(description) {
  const fields = schemaFieldsOf(description);
  const kinds = Object.entries(description.paths).flatMap(([path, { post }]) => {
    const [, kind] = OF_CUSTOMER.exec(path) ?? [];
    const reference = post?.requestBody?.content['application/json']?.schema.$ref;
    const ofKind = fields[reference?.split('/').at(-1)];
    return kind === undefined || ofKind === undefined ? [] : [[kind, ofKind]];
  });
  return Object.fromEntries(kinds);
}

/** Serves {@link recordFieldsOf} and {@link schemaFieldsOf} as the module `virtual:record-fields`. */
export function recordFields() {
  const path = join(import.meta.dirname, '../docs/openapi.json');
  return {
    name: 'record-fields',
    resolveId: (id) => (id === MODULE ? LOADED : undefined),
    load(id) {
      if (id !== LOADED) return undefined;
      this.addWatchFile(path);
      const description = JSON.parse(readFileSync(path, 'utf8'));
      const tables = { RECORD_FIELDS: recordFieldsOf(description), SCHEMA_FIELDS: schemaFieldsOf(description) };
      return Object.entries(tables)
        .map(([name, table]) => `export const ${name} = ${JSON.stringify(table)};`)
        .join('\n');
    },
  };
}

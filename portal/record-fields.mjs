import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULE = 'virtual:record-fields';
const LOADED = `\0${MODULE}`;
const OF_CUSTOMER = /^\/api\/v1\/customers\/\{id\}\/([a-z-]+)$/;

/** The fields of every kind of record, by the hints `x-lethe` in the description of the API. */
export function recordFieldsOf({ paths, components }) {
  const kinds = Object.entries(paths).flatMap(([path, { post }]) => {
    const [, kind] = OF_CUSTOMER.exec(path) ?? [];
    const reference = post?.requestBody?.content['application/json']?.schema.$ref;
    if (kind === undefined || reference === undefined) return [];
    const { properties, required = [] } = components.schemas[reference.split('/').at(-1)];
    const fields = Object.entries(properties)
      .filter(([, schema]) => schema['x-lethe'] !== undefined)
      .map(([name, schema]) => {
        const { kind: as, ...hint } = schema['x-lethe'];
        return [name, { as, ...hint, ...(required.includes(name) ? { isRequired: true } : {}) }];
      });
    return fields.length === 0 ? [] : [[kind, Object.fromEntries(fields)]];
  });
  return Object.fromEntries(kinds);
}

/** Serves {@link recordFieldsOf} as the module `virtual:record-fields`. */
export function recordFields() {
  const description = join(import.meta.dirname, '../docs/openapi.json');
  return {
    name: 'record-fields',
    resolveId: (id) => (id === MODULE ? LOADED : undefined),
    load(id) {
      if (id !== LOADED) return undefined;
      this.addWatchFile(description);
      const fields = recordFieldsOf(JSON.parse(readFileSync(description, 'utf8')));
      return `export const RECORD_FIELDS = ${JSON.stringify(fields)};`;
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Schema = Readonly<Record<string, unknown>>;

// generated-docs.spec.ts compares the stored document with the product.
const description: unknown = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8'));

/** Every object in the document, with its path. */
function objectsIn(value: unknown, path = '#'): [string, Schema][] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).flatMap(([key, member]) => objectsIn(member, `${path}/${key}`));
  return Array.isArray(value) ? members : [[path, value as Schema], ...members];
}

const objects = objectsIn(description);
const nullable = objects.filter(([, schema]) => schema.nullable === true);
const enums = objects.filter(([, schema]) => Array.isArray(schema.enum));
const listsNull = (schema: Schema) => (schema.enum as unknown[]).includes(null);
const paths = (found: [string, Schema][]) => found.map(([path]) => path);

/** In OpenAPI 3.0, `nullable` adds null to the type beside it; every other keyword may still disallow null. */
describe('the OpenAPI document', () => {
  it('has enums and nullable schemas', () => {
    expect(enums.length).toBeGreaterThan(50);
    expect(nullable.length).toBeGreaterThan(100);
  });

  it('lists null in every nullable enum', () => {
    expect(paths(enums.filter(([, schema]) => schema.nullable === true && !listsNull(schema)))).toEqual([]);
  });

  it('lists null in no other enum', () => {
    expect(paths(enums.filter(([, schema]) => schema.nullable !== true && listsNull(schema)))).toEqual([]);
  });

  it('states the type of every nullable schema', () => {
    expect(paths(nullable.filter(([, schema]) => typeof schema.type !== 'string'))).toEqual([]);
  });

  it('offers null beside a nullable reference instead of adding it to the reference', () => {
    expect(paths(nullable.filter(([, schema]) => '$ref' in schema || 'allOf' in schema))).toEqual([]);
  });

  it('describes every file as a string', () => {
    const bodies = objects.filter(([path, body]) => 'schema' in body && /\/content\/[^/]+\/[^/]+$/.test(path));
    const files = bodies.filter(([path]) => !/json$|form-data$/.test(path));

    expect(files.length).toBeGreaterThan(10);
    expect(paths(files.filter(([, { schema }]) => (schema as Schema).type !== 'string'))).toEqual([]);
  });
});

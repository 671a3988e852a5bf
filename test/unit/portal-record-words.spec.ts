import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Words = Readonly<Record<string, { readonly lists: Readonly<Record<string, object>> }>>;
// The portal has compiler settings of its own.
const { de } = jest.requireActual<Words>('../../portal/src/pages/customers/words.de');
const { en } = jest.requireActual<Words>('../../portal/src/pages/customers/words.en');

interface Schema {
  readonly enum?: readonly (string | null)[];
  readonly 'x-lethe'?: { readonly kind: string; readonly list?: string };
}
const { components } = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  readonly components: { readonly schemas: Record<string, { readonly properties?: Record<string, Schema> }> };
};
const hinted = Object.values(components.schemas)
  .flatMap(({ properties = {} }) => Object.entries(properties))
  .flatMap(([name, { enum: values = [], 'x-lethe': hint }]) => (hint === undefined ? [] : [{ name, values, ...hint }]));
const lists = hinted.flatMap(({ list, values }) =>
  list === undefined ? [] : [[list, values.filter((value) => value !== null)] as const],
);

/** The compiler ensures that every field has a word, and that English has the same words. */
describe('words of the portal for records', () => {
  it('exist for fields of every kind', () => {
    expect(new Set(hinted.map(({ kind }) => kind))).toEqual(
      new Set(['text', 'longText', 'date', 'instant', 'money', 'number', 'flag', 'list']),
    );
  });

  it.each(lists)('match the list %s', (list, values) => {
    for (const words of [de, en]) expect(Object.keys(words!.lists[list] ?? {}).sort()).toEqual([...values].sort());
  });
});

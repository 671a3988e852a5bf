import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '../..');
const named = [...readFileSync(join(PROJECT, 'docs/proofs.md'), 'utf8').matchAll(/`(test\/\S+\.ts)`/g)].map(
  ([, path]) => path!,
);

describe('docs/proofs.md', () => {
  it('names files that exist', () => {
    expect(named.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  it('names every fault test', () => {
    const faults = readdirSync(join(PROJECT, 'test/faults')).filter((name) => name.endsWith('.spec.ts'));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter((name) => !named.includes(`test/faults/${name}`))).toEqual([]);
  });
});

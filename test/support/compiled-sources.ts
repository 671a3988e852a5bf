import { transformSync, type Options } from '@swc/core';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PROJECT = join(__dirname, '../..');

/**
 * Sources compiled to JavaScript, for separate processes that a test may kill and that cannot load TypeScript. The
 * folder is below node_modules, so that the packages resolve.
 */
export class CompiledSources {
  readonly dir: string;

  /** @param paths files and folders relative to the project */
  constructor(name: string, paths: readonly string[]) {
    this.dir = join(PROJECT, 'node_modules/.cache', `lethe-${name}-${process.pid}`);
    const swc = JSON.parse(readFileSync(join(PROJECT, '.swcrc'), 'utf8')) as Options;
    for (const source of paths.flatMap(typescriptBelow)) {
      const typescript = readFileSync(join(PROJECT, source), 'utf8');
      this.add(
        source.replace(/\.ts$/, '.js'),
        transformSync(typescript, { ...swc, swcrc: false, sourceMaps: false }).code,
      );
    }
  }

  /** Adds a program next to the sources and returns its path. */
  add(path: string, code: string): string {
    const target = join(this.dir, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
    return target;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function typescriptBelow(path: string): string[] {
  if (!statSync(join(PROJECT, path)).isDirectory()) return path.endsWith('.ts') ? [path] : [];
  return readdirSync(join(PROJECT, path)).flatMap((name) => typescriptBelow(`${path}/${name}`));
}

import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { MigrationInterface } from 'typeorm';

type Migration = new () => MigrationInterface;

const load = createRequire(__filename);
const NUMBERED = /^\d{4}-[a-z0-9-]+\.[jt]s$/;

/** Every numbered file of this folder, in order; a migration that has run anywhere is never edited, only followed. */
export const migrations: readonly Migration[] = readdirSync(__dirname)
  .filter((name) => NUMBERED.test(name) && extname(name) === extname(__filename))
  .sort()
  .flatMap((name) => Object.values(load(`./${name}`) as Record<string, Migration>));

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDemo } from '../../demo';
import { SELECT_ANY_CUSTOMER } from '../../modules/customer';
import { IMPORT_COLUMNS } from '../../modules/import';
import { businessDateOf } from '../../kernel/business-date';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { openDatabase } from '../../platform/database/database-access';
import { connectAs } from '../../platform/database/session';
import { KeyFolder } from '../../platform/keys/key-folder';
import { serve } from '../../app/serve';
import { importInto } from '../import-into';
import { defineCommand } from '../define-command';

const CUSTOMERS = 2_000;
const SEED = 7;

/**
 * `npm run demo`: serves the product with fictional customers. Leaves a database that already has customers unchanged.
 */
async function run(): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const access = await openDatabase(config, 'serve');
  const password = config.bootstrapPassword ?? (await demoPassword(config));
  if (await isEmpty(access)) await load(access, config);
  const { address, warnings } = await serve(config.withBootstrapPassword(password), access);
  console.log(
    [
      `Lethe serves at ${address}`,
      `  API            ${address}/api/v1`,
      `  documentation  ${address}/api/docs`,
      `  logins         admin, employee, compliance`,
      `  password       ${password}`,
      ...warnings.map((code) => `  warning        ${code}`),
    ].join('\n'),
  );
  return undefined;
}

/** The bootstrap password of the fictional shop, the same on every start. */
async function demoPassword(config: LetheConfig): Promise<string> {
  const keys = await KeyFolder.open(config.keysFolder);
  return keys.readOrCreateText('demo.password', /^[\w-]{12}$/, () => randomBytes(9).toString('base64url'));
}

async function isEmpty(access: DatabaseAccess): Promise<boolean> {
  const client = await connectAs(access.as('lethe_app'));
  try {
    return (await client.query(SELECT_ANY_CUSTOMER)).rowCount === 0;
  } finally {
    await client.end();
  }
}

async function load(access: DatabaseAccess, config: LetheConfig): Promise<void> {
  console.log(`Loading ${CUSTOMERS} fictional customers …`);
  const directory = await mkdtemp(join(tmpdir(), 'lethe-demo-'));
  try {
    await generateDemo({
      directory,
      columns: IMPORT_COLUMNS,
      customers: CUSTOMERS,
      seed: SEED,
      today: businessDateOf(new Date(), config.timeZone),
    });
    await importInto(access, config, directory, false);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export const command = defineCommand({
  name: 'demo',
  usage: [''],
  purpose: 'Loads 2,000 fictional customers into an empty database, serves, and prints the address and the logins.',

  options: {},
  exitCodes: {},
  run,
});

import { LogKeys } from '../../modules/audit';
import { LetheConfig } from '../../platform/config/lethe-config';
import { KeyFolder } from '../../platform/keys/key-folder';
import { defineCommand } from '../define-command';

/**
 * `npm run audit:rotate-key`: adds a key, which signs checkpoints together with the older keys from the next start on.
 */
async function run(): Promise<undefined> {
  const { verifierKeys } = await LogKeys.rotate(await KeyFolder.open(LetheConfig.fromEnvironment().keysFolder));
  console.log(`new key: ${verifierKeys.at(-1)}`);
  console.log('Give it to every verifier, restart the processes, then delete the older audit-log-*.key files.');
  return undefined;
}

export const command = defineCommand({
  name: 'audit:rotate-key',
  usage: [''],
  purpose: 'Adds a key that signs checkpoints after the next start.',

  options: {},
  exitCodes: {},
  run,
});

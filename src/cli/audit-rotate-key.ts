import { LogKeys } from '../modules/audit';
import { LetheConfig } from '../platform/config/lethe-config';
import { KeyFolder } from '../platform/keys/key-folder';
import { reportAndExit } from './report-and-exit';

/** `npm run audit:rotate-key`: a further key that signs checkpoints from the next start on, beside the older ones. */
async function main(parameters: readonly string[]): Promise<void> {
  if (parameters.length > 0) {
    process.stderr.write('Usage: npm run audit:rotate-key\n');
    process.exit(2);
  }
  const { verifierKeys } = await LogKeys.rotate(await KeyFolder.open(LetheConfig.fromEnvironment().keysFolder));
  console.log(`new key: ${verifierKeys.at(-1)}`);
  console.log(
    'Give it to whoever verifies, restart the processes, and delete the older audit-log-*.key files when everybody has it.',
  );
}

main(process.argv.slice(2)).catch(reportAndExit);

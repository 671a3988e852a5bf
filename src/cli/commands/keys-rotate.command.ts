import { FiscalSeal, SealRotation } from '../../modules/archive';
import { AuditLog } from '../../modules/audit';
import { LetheConfig } from '../../platform/config/lethe-config';
import { KeyFolder } from '../../platform/keys/key-folder';
import { openForChanges } from '../open-for-changes';
import { defineCommand, WrongUsage } from '../define-command';
import { KEY_FOLDER, type Tools, withTools } from '../tools.module';

const TOOLS: Tools = { role: 'lethe_owner', providers: [KEY_FOLDER, AuditLog, SealRotation] };

/** `npm run keys:rotate -- seal`: confirms a changed fiscal seal. */
async function run(): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openForChanges(config);
  try {
    await withTools(config, database, TOOLS, async (tools) => {
      const { recipient } = await FiscalSeal.open({ recipient: config.fiscalSeal ?? null, keys: tools.get(KeyFolder) });
      const isChanged = await tools.get(SealRotation).rotate(recipient);
      console.log(isChanged ? `new seal: ${recipient}` : 'The seal has not changed.');
      if (isChanged)
        console.log('Keep the identity of the old seal: documents sealed before need it. Restart the processes.');
    });
    return undefined;
  } finally {
    await database.stop();
  }
}

export const command = defineCommand({
  name: 'keys:rotate',
  usage: ['seal'],
  purpose: 'Confirms a new fiscal seal: the one in LETHE_FISCAL_SEAL, or the key pair in the keys folder.',
  operands: [1, 1],
  options: {},
  exitCodes: {},
  run: async (_, [key]) => {
    if (key !== 'seal') throw new WrongUsage();
    return run();
  },
});

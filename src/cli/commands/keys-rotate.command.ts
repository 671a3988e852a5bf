import { FiscalSeal, SealRotation } from '../../modules/archive';
import { AuditLog } from '../../modules/audit';
import { Clock } from '../../platform/clock/clock';
import { LetheConfig } from '../../platform/config/lethe-config';
import { ownerThrough } from '../../platform/database/connection';
import { createDataSource } from '../../platform/database/data-source';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { KeyFolder } from '../../platform/keys/key-folder';
import { openForChanges } from '../open-for-changes';
import { defineCommand, WrongUsage } from '../define-command';

/** `npm run keys:rotate -- seal`: says that another fiscal seal than before is meant. */
async function run(): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openForChanges(config);
  try {
    const keys = await KeyFolder.open(config.keysFolder);
    const { recipient } = await FiscalSeal.open({ recipient: config.fiscalSeal ?? null, keys });
    const dataSource = await createDataSource(ownerThrough(database.as('lethe_migrator')), [], 1).initialize();
    try {
      const transaction = new TransactionRunner(dataSource);
      const rotation = new SealRotation(transaction, new AuditLog(transaction, new Clock(config)));
      const isChanged = await rotation.rotate(recipient);
      console.log(isChanged ? `new seal: ${recipient}` : 'The seal is the known one; nothing was changed.');
      if (isChanged)
        console.log('Keep the identity of the old seal: what was sealed before needs it. Restart the processes.');
      return undefined;
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await database.stop();
  }
}

export const command = defineCommand({
  name: 'keys:rotate',
  usage: ['seal'],
  purpose: 'Confirms a new fiscal seal: that of LETHE_FISCAL_SEAL, or the pair in the keys folder.',
  operands: [1, 1],
  options: {},
  exitCodes: {},
  run: async (_, [key]) => {
    if (key !== 'seal') throw new WrongUsage();
    return run();
  },
});

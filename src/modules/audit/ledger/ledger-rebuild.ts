import { readdir } from 'node:fs/promises';
import { DomainError } from '../../../kernel/domain-error';
import type { DatabaseAccess } from '../../../platform/database/connection';
import type { AuditRecord } from '../audit-log';
import { GrowingTree, lastCheckpointOf, leafHash, type Ledger } from '../../../libraries/transparency-log';
import { SequencerSession } from '../sequencer/sequencer-session';
import { CheckpointExport } from './checkpoint-export';
import type { DoubledLedger } from './doubled-ledger';
import type { LogKeys } from './log-keys';

/** Rewrites a ledger, or its damaged end, from the database, and records that in the log. */
export class LedgerRebuild {
  constructor(
    private readonly access: DatabaseAccess,
    private readonly ledger: Ledger,
    private readonly keys: LogKeys,
    /** writes to the log, in a transaction of its own */
    private readonly record: (entry: AuditRecord) => Promise<void>,
  ) {}

  /**
   * Returns the number of entries in the new ledger. Resumes an earlier attempt.
   *
   * @throws DomainError `AUDIT_LOG_IN_USE`, `LEDGER_NOT_EMPTY`
   */
  async rebuild(): Promise<number> {
    return this.asLeader(async (session) => {
      await this.requireRoom(session);
      const { size } = await session.head();
      await this.recordRebuild({ entries: size });
      return this.export(session);
    });
  }

  /**
   * Continues a doubled ledger in a new epoch after the entries that are in place. Later lines are set aside.
   *
   * @throws DomainError `AUDIT_LOG_IN_USE`, `LEDGER_NOT_DOUBLED`
   */
  async repair(doubled: DoubledLedger): Promise<number> {
    return this.asLeader(async (session) => {
      const agreed = await doubled.agreedSize();
      if (agreed === null) throw new DomainError('LEDGER_NOT_DOUBLED');
      await this.recordRebuild({ entries: (await session.head()).size, keptEntries: agreed });
      return this.export(session, agreed);
    });
  }

  private async asLeader(work: (session: SequencerSession) => Promise<number>): Promise<number> {
    const session = await SequencerSession.open(this.access.as('lethe_sequencer'));
    try {
      if (!(await session.isLeader())) throw new DomainError('AUDIT_LOG_IN_USE');
      return await work(session);
    } finally {
      await session.close();
    }
  }

  private recordRebuild(details: Readonly<Record<string, number>>): Promise<void> {
    return this.record({
      action: 'LEDGER_REBUILT',
      module: 'audit',
      outcome: 'SUCCEEDED',
      actorId: null,
      actorRole: null,
      details,
    });
  }

  private async export(session: SequencerSession, size?: number): Promise<number> {
    const checkpoints = await CheckpointExport.begin(session, this.ledger, this.keys, size);
    try {
      await checkpoints.exportAll();
      return (await session.head()).size;
    } finally {
      await checkpoints.close();
    }
  }

  /**
   * Requires an empty ledger, since an older one is evidence and never overwritten. Entries without any checkpoint that
   * match the database's are residue of a killed attempt.
   */
  private async requireRoom(session: SequencerSession): Promise<void> {
    const names = await readdir(this.ledger.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    if (names.length === 0) return;
    if (
      names.some((name) => name !== 'entries' && name !== 'checkpoints') ||
      (await lastCheckpointOf(this.ledger)) !== null
    )
      throw new DomainError('LEDGER_NOT_EMPTY');
    if (!(await this.isBeginning(session))) throw new DomainError('LEDGER_NOT_EMPTY');
  }

  private async isBeginning(session: SequencerSession): Promise<boolean> {
    const written = new GrowingTree();
    for await (const entry of this.ledger.entries()) written.append(leafHash(entry));
    const stored = new GrowingTree();
    while (stored.size < written.size) {
      const entries = await session.entriesBehind(stored.size);
      if (entries.length === 0) return false;
      for (const entry of entries.slice(0, written.size - stored.size)) stored.append(leafHash(entry));
    }
    return stored.root.equals(written.root);
  }
}

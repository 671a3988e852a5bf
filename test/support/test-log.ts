import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../../src/modules/audit/audit-log';
import { CheckpointExports } from '../../src/modules/audit/ledger/checkpoint-exports';
import { ErasureConflicts } from '../../src/modules/audit/ledger/erasure-conflicts';
import { Ledger } from '../../src/libraries/transparency-log/ledger';
import { LedgerAnchor } from '../../src/modules/audit/ledger/ledger-anchor';
import { LedgerGate } from '../../src/modules/audit/ledger/ledger-gate';
import { LogKeys } from '../../src/modules/audit/ledger/log-keys';
import { TreeReader } from '../../src/modules/audit/tree/tree-reader';
import { Clock } from '../../src/platform/clock/clock';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { createDataSource } from '../../src/platform/database/data-source';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import type { HealthSignals } from '../../src/platform/health/health-signals';
import { KeyFolder } from '../../src/platform/keys/key-folder';
import { Logger } from '../../src/platform/logging/logger';
import type { TestDatabase } from './test-database';

/** Ledger and keys of a test database, without the rest of the product. */
export class TestLog {
  private readonly logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));
  private readonly gates: LedgerGate[] = [];

  private constructor(
    readonly ledger: Ledger,
    readonly keys: LogKeys,
    readonly keyFolder: KeyFolder,
    private readonly dataSource: DataSource,
    private readonly folder: string,
  ) {}

  static async open(database: TestDatabase): Promise<TestLog> {
    const folder = mkdtempSync(join(tmpdir(), 'lethe-log-'));
    const keyFolder = await KeyFolder.open(join(folder, 'keys'));
    const dataSource = await createDataSource(database.as('lethe_app'), [], 2).initialize();
    return new TestLog(
      new Ledger(join(folder, 'ledger')),
      await LogKeys.open(keyFolder),
      keyFolder,
      dataSource,
      folder,
    );
  }

  get tree(): TreeReader {
    return new TreeReader(new TransactionRunner(this.dataSource));
  }

  /** @param keys other keys than those of the folder, such as an attacker's */
  anchor(keys = this.keys): LedgerAnchor {
    return new LedgerAnchor(new TransactionRunner(this.dataSource), this.tree, this.ledger, keys);
  }

  exports(health: HealthSignals): CheckpointExports {
    const transaction = new TransactionRunner(this.dataSource);
    const clock = new Clock(LetheConfig.from({}));
    const conflicts = new ErasureConflicts(transaction, new AuditLog(transaction, clock), clock);
    const gate = new LedgerGate(this.anchor(), conflicts, health, this.logger);
    gate.onApplicationBootstrap();
    this.gates.push(gate);
    return new CheckpointExports(gate, this.ledger, this.keys);
  }

  async close(): Promise<void> {
    await Promise.all(this.gates.map((gate) => gate.onApplicationShutdown()));
    await this.dataSource.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

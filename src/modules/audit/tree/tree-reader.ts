import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type Subtrees, subtreesOf } from '../../../libraries/transparency-log';

/** Reads the stored tree. */
@Injectable()
export class TreeReader {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Number of sequenced entries. */
  async size(): Promise<number> {
    return this.number('SELECT coalesce(max(sequence), 0)::float8 AS number FROM audit.position');
  }

  /** Number of entries under the newest checkpoint that was signed and exported; 0 before the first. */
  async checkpointSize(): Promise<number> {
    return this.number('SELECT coalesce(max(size), 0)::float8 AS number FROM audit.checkpoint');
  }

  /** The newest checkpoint as a signed note; null before the first. */
  async checkpoint(): Promise<string | null> {
    const [row] = await this.transaction.readAlone<{ note: string }>(
      'SELECT note FROM audit.checkpoint ORDER BY size DESC LIMIT 1',
      [],
    );
    return row?.note ?? null;
  }

  /** Subtrees of the current tree. Each tile is read once, so create new ones after the tree has grown. */
  subtrees(): Subtrees {
    return subtreesOf(async (level, index) => {
      const [row] = await this.transaction.readAlone<{ hashes: Buffer }>(
        'SELECT hashes FROM audit.tile WHERE level = $1 AND place = $2',
        [level, index],
      );
      if (row === undefined) throw new DomainError('AUDIT_TREE_INCOMPLETE');
      return row.hashes;
    });
  }

  private async number(sql: string): Promise<number> {
    const [row] = await this.transaction.readAlone<{ number: number }>(sql, []);
    return row!.number;
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import type { AuditAction } from './audit-action';
import { LogKeys } from './ledger/log-keys';
import { SELECT_DATA_MAPS } from './queries/data-map-entries.queries';
import {
  type Checkpoint,
  inclusionProof,
  leafHash,
  openCheckpoint,
  provesInclusion,
} from '../../libraries/transparency-log';
import { TreeReader } from './tree/tree-reader';

/** An entry with its sequence in the log. */
export interface SequencedEntry {
  /** sequence in the log, from 1 */
  readonly sequence: number;
  /** the exact text whose bytes are hashed */
  readonly canonical: string;
}

export interface EntryProof {
  readonly sequence: number;
  /** audit path from the leaf to the root, in base64 (RFC 6962, section 2.1.1) */
  readonly hashes: readonly string[];
}

/** Entries with proofs that they are in the log. */
export interface ProvenEntries {
  readonly entries: readonly SequencedEntry[];
  readonly inclusionProofs: readonly EntryProof[];
  /** the signed note that the proofs lead to */
  readonly checkpoint: string;
  /** `name+id+key` of every key that signed for the log, oldest first */
  readonly verifierKeys: readonly string[];
}

const OF_CUSTOMER = `
  SELECT p.sequence::float8 AS sequence, e.canonical FROM audit.entry e LEFT JOIN audit.position p ON p.entry_id = e.id
  WHERE e.customer_id = $1 AND e.action = ANY ($2::text[])`;

interface FoundEntry {
  readonly sequence: number | null;
  readonly canonical: string;
}

/** Proves that entries are in the log, for a verifier who has only the public key. */
@Injectable()
export class EntryProofs {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly tree: TreeReader,
    private readonly keys: LogKeys,
  ) {}

  /**
   * Returns the entries about a customer and the data maps that they follow, in the order of the log; null while one of
   * them is not under a signed and exported checkpoint.
   *
   * @throws DomainError `AUDIT_LOG_BROKEN` when the log differs from what was signed: no proof is issued that would
   *   fail verification
   */
  async ofCustomer(customerId: string, actions: readonly AuditAction[]): Promise<ProvenEntries | null> {
    const found = await this.withDataMaps(
      await this.transaction.readAlone<FoundEntry>(OF_CUSTOMER, [customerId, actions]),
    );
    const note = await this.tree.checkpoint(); // after the entries: a checkpoint may have covered them in between
    if (note === null) return null;
    const checkpoint = openCheckpoint(note, this.keys.verifiers);
    if (checkpoint === null) throw new DomainError('AUDIT_LOG_BROKEN');
    const entries = found
      .filter((entry): entry is SequencedEntry => covers(checkpoint, entry.sequence))
      .sort((one, other) => one.sequence - other.sequence);
    if (entries.length < found.length) return null;
    return {
      entries,
      inclusionProofs: await this.prove(entries, checkpoint),
      checkpoint: note,
      verifierKeys: this.keys.verifierKeys,
    };
  }

  /** Entries of earlier versions have no data map. */
  private async withDataMaps(entries: readonly FoundEntry[]): Promise<FoundEntry[]> {
    const digests = new Set(entries.flatMap(({ canonical }) => dataMapOf(canonical) ?? []));
    const maps =
      digests.size === 0 ? [] : await this.transaction.readAlone<FoundEntry>(SELECT_DATA_MAPS, [[...digests]]);
    if (maps.length < digests.size) throw new DomainError('AUDIT_LOG_BROKEN');
    return [...maps, ...entries];
  }

  private async prove(entries: readonly SequencedEntry[], { size, root }: Checkpoint): Promise<EntryProof[]> {
    const subtrees = this.tree.subtrees();
    const proofs: EntryProof[] = [];
    for (const { sequence, canonical } of entries) {
      const leaf = sequence - 1;
      const proof = await inclusionProof(leaf, size, subtrees);
      if (!provesInclusion({ leaf, size, hash: leafHash(canonical), proof, root }))
        throw new DomainError('AUDIT_LOG_BROKEN', { sequence });
      proofs.push({ sequence, hashes: proof.map((hash) => hash.toString('base64')) });
    }
    return proofs;
  }
}

const dataMapOf = (canonical: string): string | undefined =>
  (JSON.parse(canonical) as { readonly details: { readonly dataMap?: string } }).details.dataMap;

const covers = ({ size }: Checkpoint, sequence: number | null): boolean => sequence !== null && sequence <= size;

import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { LogKeys } from '../../ledger/log-keys';
import { openCheckpoint } from '../../../../libraries/transparency-log';
import { TreeReader } from '../../tree/tree-reader';
import { CheckpointResponse } from '../checkpoint.response';
import { GetCheckpoint } from './get-checkpoint.query';
import type { GetCheckpointResponse } from './get-checkpoint.response';

@QueryHandler(GetCheckpoint)
export class GetCheckpointHandler implements IQueryHandler<GetCheckpoint> {
  constructor(
    private readonly tree: TreeReader,
    private readonly keys: LogKeys,
  ) {}

  async execute(): Promise<GetCheckpointResponse> {
    const note = await this.tree.checkpoint();
    const checkpoint = note === null ? null : openCheckpoint(note, this.keys.verifiers);
    // an unsigned note is no checkpoint
    if (note === null || checkpoint === null) throw new DomainError('AUDIT_CHECKPOINT_NOT_FOUND');
    return { ...CheckpointResponse.of(checkpoint), note, verifierKeys: this.keys.verifierKeys };
  }
}

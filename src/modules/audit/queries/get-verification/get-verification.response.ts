import { ApiProperty } from '@nestjs/swagger';
import { LOG_PROBLEMS, type LogProblem, type LogVerdict } from '../../../../libraries/transparency-log';
import { CheckpointResponse } from '../checkpoint.response';

export class GetVerificationResponse {
  @ApiProperty({ description: 'every entry is there, as it was when it was signed' }) readonly valid: boolean;
  @ApiProperty({ type: 'integer', description: 'entries that were looked at' }) readonly entries: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'the first entry that is not as it was signed, or from which on nobody can tell',
  })
  readonly firstBrokenSequence: number | null;

  @ApiProperty({ type: CheckpointResponse, nullable: true, description: 'the newest that the entries agree with' })
  readonly checkpoint: CheckpointResponse | null;

  @ApiProperty({ enum: LOG_PROBLEMS, enumName: 'AuditLogProblem', nullable: true }) readonly problem: LogProblem | null;

  static of({ problem, entries, firstBroken, checkpoint }: LogVerdict): GetVerificationResponse {
    return {
      valid: problem === null,
      entries,
      firstBrokenSequence: firstBroken?.from ?? null,
      checkpoint: checkpoint === null ? null : CheckpointResponse.of(checkpoint),
      problem,
    };
  }
}

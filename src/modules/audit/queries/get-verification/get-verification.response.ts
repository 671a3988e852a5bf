import { ApiProperty } from '@nestjs/swagger';
import { LOG_PROBLEMS, type LogProblem, type LogVerdict } from '../../proof/log-verifier';
import { CheckpointResponse } from '../checkpoint.response';

export class GetVerificationResponse {
  @ApiProperty({ description: 'every signed entry is present and unchanged' }) readonly valid: boolean;
  @ApiProperty({ type: 'integer', description: 'verified entries' }) readonly entries: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'the first entry that differs from the signed one or cannot be verified',
  })
  readonly firstBrokenSequence: number | null;

  @ApiProperty({
    type: CheckpointResponse,
    nullable: true,
    description: 'the newest checkpoint that matches the entries',
  })
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

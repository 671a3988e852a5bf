import { ApiProperty } from '@nestjs/swagger';
import type { Checkpoint } from '../../../libraries/transparency-log';

/** The head of the log's tree (RFC 6962). */
export class CheckpointResponse {
  @ApiProperty({ description: "the log's own name" }) readonly origin: string;
  @ApiProperty({ type: 'integer', description: 'entries that it covers' }) readonly size: number;
  @ApiProperty({ format: 'byte', description: 'root of the Merkle tree over them, base64' }) readonly root: string;

  static of({ origin, size, root }: Checkpoint): CheckpointResponse {
    return { origin, size, root: root.toString('base64') };
  }
}

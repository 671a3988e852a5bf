import { ApiProperty } from '@nestjs/swagger';
import { CheckpointResponse } from '../checkpoint.response';

export class GetCheckpointResponse extends CheckpointResponse {
  @ApiProperty({
    description: 'the same as a signed note (https://c2sp.org/tlog-checkpoint); keep it elsewhere as an anchor',
  })
  readonly note: string;

  @ApiProperty({ type: [String], description: 'public keys of all signing keys, oldest first' })
  readonly verifierKeys: readonly string[];
}

import { Query } from '@nestjs/cqrs';
import type { GetCheckpointResponse } from './get-checkpoint.response';

export class GetCheckpoint extends Query<GetCheckpointResponse> {}

import { Query } from '@nestjs/cqrs';
import type { GetVerificationResponse } from './get-verification.response';

export class GetVerification extends Query<GetVerificationResponse> {}

import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { LogVerification } from '../../verification/log-verification';
import { GetVerification } from './get-verification.query';
import { GetVerificationResponse } from './get-verification.response';

@QueryHandler(GetVerification)
export class GetVerificationHandler implements IQueryHandler<GetVerification> {
  constructor(private readonly verification: LogVerification) {}

  async execute(): Promise<GetVerificationResponse> {
    return GetVerificationResponse.of(await this.verification.verify());
  }
}

import { Injectable } from '@nestjs/common';
import { type AccessRefusal, AccessRefusals } from '../../../platform/auth/access-refusals';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';

@Injectable()
export class AuditedAccessRefusals extends AccessRefusals {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly auditLog: AuditLog,
  ) {
    super();
  }

  async record({ actor, method, route }: AccessRefusal): Promise<void> {
    await this.transaction.run(() =>
      this.auditLog.record({
        action: 'ACCESS_REFUSED',
        module: 'platform',
        outcome: 'REFUSED',
        actorId: actor.id,
        actorRole: actor.role,
        details: { method, route },
      }),
    );
  }
}

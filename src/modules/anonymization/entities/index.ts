import { AnonymizationRunItem } from './anonymization-run-item.entity';
import { AnonymizationRun } from './anonymization-run.entity';
import { BlockedCustomer } from './blocked-customer.entity';
import { IdempotencyAnswer } from './idempotency-answer.entity';
import { OutboxMessage } from './outbox-message.entity';

export const ANONYMIZATION_ENTITIES = [
  AnonymizationRun,
  AnonymizationRunItem,
  BlockedCustomer,
  IdempotencyAnswer,
  OutboxMessage,
];

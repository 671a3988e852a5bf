import type { ModuleName } from '../kernel/personal-data';
import type { EntityClass } from '../platform/database/data-source';
import { ARCHIVE_ENTITIES } from '../modules/archive/entities';
import { AUDIT_ENTITIES } from '../modules/audit/entities';
import { BRANCH_ENTITIES } from '../modules/branch/entities';
import { CUSTOMER_ENTITIES } from '../modules/customer/entities';
import { DEVICE_ENTITIES } from '../modules/device/entities';
import { Employee } from '../modules/employee/entities/employee.entity';
import { EmployeeSession } from '../modules/employee/entities/employee-session.entity';
import { FINANCE_ENTITIES } from '../modules/finance/entities';
import { LOYALTY_ENTITIES } from '../modules/loyalty/entities';
import { AnonymizationRunItem } from '../modules/runs/entities/anonymization-run-item.entity';
import { AnonymizationRun } from '../modules/runs/entities/anonymization-run.entity';
import { SELECTION_ENTITIES } from '../modules/selection/entities';
import { BlockedCustomer } from '../modules/worklist/entities/blocked-customer.entity';
import { IdempotencyAnswer } from '../platform/http/idempotency/idempotency-answer.entity';
import { KeyFingerprint } from '../platform/keys/key-fingerprint.entity';
import { OutboxMessage } from '../platform/outbox/outbox-message.entity';

/** All tables of the product by module, within a module in the order of erasure. */
export const ENTITIES_BY_MODULE: Partial<Record<ModuleName, readonly EntityClass[]>> = {
  finance: FINANCE_ENTITIES,
  device: DEVICE_ENTITIES,
  loyalty: LOYALTY_ENTITIES,
  archive: [...ARCHIVE_ENTITIES, KeyFingerprint],
  selection: SELECTION_ENTITIES,
  customer: CUSTOMER_ENTITIES,
  anonymization: [AnonymizationRun, AnonymizationRunItem, BlockedCustomer, IdempotencyAnswer, OutboxMessage],
  audit: AUDIT_ENTITIES,
  employee: [Employee, EmployeeSession],
  branch: BRANCH_ENTITIES,
};

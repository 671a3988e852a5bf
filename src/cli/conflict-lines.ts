import type { ConflictCode } from '../modules/audit';
import { isAboutStranger, type ListedConflict } from '../modules/replay';

const MEANINGS: Readonly<Record<ConflictCode, string>> = {
  NUMBER_TAKEN: 'the customer number belongs to another customer',
  CUSTOMER_DIFFERS: 'the customer number or the time of creation differs',
  MERGE_TARGET_ABSENT: 'was merged into a customer who is not in the backup',
  MERGE_TARGET_DIFFERS: 'was merged into a customer who is now a different one',
  MERGE_NOT_POSSIBLE: 'was merged with a customer who is already closed in the backup',
  ERASURE_FAILED: 'could not be anonymized again',
  MERGE_FAILED: 'could not be merged again',
};

const COMMAND = 'npm run erasure:resolve --';

/**
 * Describes a conflict to the operator: what happened, and the commands that settle it. Contains only ids, codes and
 * customer numbers.
 */
export function conflictLines(conflict: ListedConflict): string[] {
  const { id, code, customerId, otherCustomerId, failureCode, customerNumber } = conflict;
  const further = [failureCode, otherCustomerId].filter((each) => each !== null).join(', ');
  return [
    `  ${id}: LEDGER_CONFLICT ${code}, customer ${customerId}: ${MEANINGS[code]}${further === '' ? '' : ` (${further})`}`,
    ...waysOut(conflict, customerNumber).map((line) => `     ${line}`),
  ];
}

function waysOut(conflict: ListedConflict, customerNumber: string | null): string[] {
  const { id, isErasureRecorded } = conflict;
  const erase = `${COMMAND} --erase ${id} --customer ${customerNumber}`;
  if (isAboutStranger(conflict))
    return [
      ...(isErasureRecorded && customerNumber !== null ? [`the same person: ${erase}`] : []),
      `another person: ${COMMAND} --dismiss ${id} --reason ANOTHER_PERSON`,
    ];
  return [
    `try again: ${COMMAND} --retry`,
    ...(isErasureRecorded ? [] : [`leave the customer as is: ${COMMAND} --dismiss ${id} --reason KEPT_SEPARATE`]),
  ];
}

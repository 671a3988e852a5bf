import { Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useWords } from '../words/words';

type RecordLocation = Schemas['FailurePlaceResponse'];

/** The record that has to be corrected before the anonymization can succeed. */
export function FailureLocation({ location: { table, column, recordId } }: { readonly location: RecordLocation }) {
  const { t } = useWords();
  const where = [
    t('common:failureLocation.table', { table }),
    ...(column === null ? [] : [t('common:failureLocation.column', { column })]),
    ...(recordId === null ? [] : [t('common:failureLocation.record', { recordId })]),
  ];
  return <Text size="sm">{t('common:failureLocation.correct', { where: where.join(', ') })}</Text>;
}

/** The record that a problem document names, or null. */
export function locationIn(failure: unknown): RecordLocation | null {
  if (typeof failure !== 'object' || failure === null || !('table' in failure)) return null;
  const { table, column, recordId } = failure as Partial<RecordLocation>;
  return typeof table === 'string' ? { table, column: column ?? null, recordId: recordId ?? null } : null;
}

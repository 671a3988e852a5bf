import { Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useWords } from '../words/words';

type Place = Schemas['FailurePlaceResponse'];

/** The record that has to be corrected before the anonymization can succeed. */
export function FailurePlace({ place: { table, column, recordId } }: { readonly place: Place }) {
  const { t } = useWords();
  const where = [
    t('common:failurePlace.table', { table }),
    ...(column === null ? [] : [t('common:failurePlace.column', { column })]),
    ...(recordId === null ? [] : [t('common:failurePlace.record', { recordId })]),
  ];
  return <Text size="sm">{t('common:failurePlace.correct', { where: where.join(', ') })}</Text>;
}

/** The place that a problem document names, or null. */
export function placeIn(failure: unknown): Place | null {
  if (typeof failure !== 'object' || failure === null || !('table' in failure)) return null;
  const { table, column, recordId } = failure as Partial<Place>;
  return typeof table === 'string' ? { table, column: column ?? null, recordId: recordId ?? null } : null;
}

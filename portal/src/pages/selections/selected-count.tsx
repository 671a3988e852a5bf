import { Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { isProblem } from '../../api/problem';
import { ProblemAlert } from '../../ui/problem-alert';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import type { Criteria } from './selection-draft';

interface Props {
  /** null if there is nothing to count yet */
  readonly criteria: Criteria | null;
  readonly counted: UseQueryResult<number>;
}

/** The current number of selected customers. Errors of a field are shown at the field. */
export function SelectedCount({ criteria, counted }: Props) {
  const { t } = useWords('selections');
  const { count } = useFormats();
  if (criteria === null) return null;
  if (isProblem(counted.error, 'VALIDATION_FAILED')) return null;
  if (counted.isError) return <ProblemAlert error={counted.error} onRetry={() => void counted.refetch()} />;
  const found = counted.data;
  const unknown = found === undefined ? 0 : (criteria.customerNumbers?.length ?? found) - found;
  return (
    <Section title={t('count.section')}>
      <div role="status" aria-busy={counted.isFetching}>
        <Text size="xl" fw={700}>
          {found === undefined ? t('count.counting') : t('count.found', { count: found, shown: count(found) })}
        </Text>
        {Object.keys(criteria).length === 0 && <Text size="sm">{t('count.everybody')}</Text>}
        {unknown > 0 && <Text size="sm">{t('count.unknown', { count: unknown, shown: count(unknown) })}</Text>}
      </div>
    </Section>
  );
}

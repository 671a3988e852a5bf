import { Loader, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { ProblemAlert } from './problem-alert';

interface Props<Content> {
  readonly query: UseQueryResult<Content>;
  readonly isEmpty?: (content: Content) => boolean;
  readonly empty?: string;
  readonly children: (content: Content) => ReactNode;
}

/** What was asked for, or that it is on its way, is empty, or went wrong. */
export function Queried<Content>({ query, isEmpty, empty, children }: Props<Content>) {
  const { t } = useWords();
  if (query.isPending) return <Loading />;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (isEmpty?.(query.data) === true) return <Text c="dimmed">{empty ?? t('common:state.empty')}</Text>;
  return children(query.data);
}

export function Loading() {
  const { t } = useWords();
  return (
    <Stack align="center" p="xl" role="status" aria-label={t('common:state.loading')}>
      <Loader />
    </Stack>
  );
}

import { Loader, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { isSilence } from '../api/problem';
import { ProblemAlert } from './problem-alert';

interface Props<Content> {
  readonly query: UseQueryResult<Content>;
  readonly isEmpty?: (content: Content) => boolean;
  readonly empty?: string;
  readonly children: (content: Content) => ReactNode;
}

/**
 * Shows the result of a query, or that it is loading, empty or failed. Earlier data stays visible, with a notice, while
 * the server does not answer.
 */
export function Queried<Content>({ query, isEmpty, empty, children }: Props<Content>) {
  const { t } = useWords();
  if (query.isPending) return <Loading />;
  const failure = query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined || (query.isError && !isSilence(query.error))) return failure;
  return (
    <>
      {failure}
      {isEmpty?.(query.data) === true ? (
        <Text c="dimmed">{empty ?? t('common:state.empty')}</Text>
      ) : (
        children(query.data)
      )}
    </>
  );
}

export function Loading() {
  const { t } = useWords();
  return (
    <Stack align="center" p="xl" role="status" aria-label={t('common:state.loading')}>
      <Loader />
    </Stack>
  );
}

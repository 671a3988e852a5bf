import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Facts } from '../../ui/facts';
import { useIdempotencyKey } from '../../ui/idempotency-key';
import { ProblemAlert } from '../../ui/problem-alert';
import { Queried } from '../../ui/queried';
import { savedSelection } from '../../ui/saved-selection';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

type Selection = Schemas['SelectionResponse'];

/**
 * The saved selections, or the one in the URL. Checking a selection creates a run, which changes no customer until it
 * is started.
 */
export function SelectionToJudge() {
  const { t } = useWords('anonymize');
  const [search] = useSearchParams();
  const chosen = search.get('selection');
  const judge = useJudge();
  return (
    <>
      <Text size="sm">{t('selection.what')}</Text>
      {judge.isError && <ProblemAlert error={judge.error} />}
      {chosen === null ? <AllSelections judge={judge} /> : <ChosenSelection id={chosen} judge={judge} />}
    </>
  );
}

type Judge = ReturnType<typeof useJudge>;

function useJudge() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const keyFor = useIdempotencyKey();
  return useCommand({
    perform: (selectionId: string, signal) =>
      answered(
        api.POST('/api/v1/anonymization-runs', {
          params: { header: { 'Idempotency-Key': keyFor(selectionId) } },
          body: { selectionId },
          signal,
        }),
      ),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['runs'] });
      await navigate(`/runs/${id}`);
    },
  });
}

function ChosenSelection({ id, judge }: { readonly id: string; readonly judge: Judge }) {
  const { t } = useWords('anonymize');
  const { count, date } = useFormats();
  const selection = useQuery(savedSelection(id));
  return (
    <>
      <Queried query={selection}>
        {({ name, memberCount, createdAt }) => (
          <>
            <Facts
              facts={[
                [t('selection.name'), name],
                [t('selection.members'), count(memberCount)],
                [t('selection.createdAt'), date(createdAt)],
              ]}
            />
            <Group>
              <Button
                aria-label={t('selection.checkNamed', { name })}
                loading={judge.isPending}
                onClick={() => judge.mutate(id)}
              >
                {t('selection.check')}
              </Button>
            </Group>
          </>
        )}
      </Queried>
      <Anchor component={Link} to="/anonymize" size="sm">
        {t('selection.other')}
      </Anchor>
    </>
  );
}

function AllSelections({ judge }: { readonly judge: Judge }) {
  const { t } = useWords('anonymize');
  const { count, date } = useFormats();
  const columns: Column<Selection>[] = [
    { key: 'name', header: t('selection.name'), width: 'minmax(160px, 3fr)', cell: ({ name }) => name },
    {
      key: 'members',
      header: t('selection.members'),
      width: '110px',
      align: 'end',
      cell: ({ memberCount }) => count(memberCount),
    },
    { key: 'createdAt', header: t('selection.createdAt'), width: '130px', cell: ({ createdAt }) => date(createdAt) },
    {
      key: 'judge',
      header: t('selection.check'),
      width: '130px',
      cell: ({ id, name }) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('selection.checkNamed', { name })}
          loading={judge.isPending && judge.variables === id}
          disabled={judge.isPending}
          onClick={() => judge.mutate(id)}
        >
          {t('selection.check')}
        </Button>
      ),
    },
  ];
  return (
    <CursorTable
      label={t('selection.list')}
      queryKey={['selections', 'to-judge']}
      readPage={(cursor) =>
        answered(api.GET('/api/v1/selections', { params: { query: { ...(cursor === null ? {} : { cursor }) } } }))
      }
      columns={columns}
      rowId={({ id }) => id}
      empty={t('selection.none')}
    />
  );
}

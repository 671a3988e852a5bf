import './words';
import { Anchor, NativeSelect } from '@mantine/core';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answered, api } from '../../api/client';
import { RUN_STATES } from '../../api/codes';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Page } from '../../ui/page';
import { RunStateBadge } from '../../ui/state-badge';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { type Run, stateIn } from './run-states';

export function RunsPage() {
  const { t } = useWords('runs');
  const { count, time } = useFormats();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const state = stateIn(RUN_STATES, search.get('state'));
  const counted = (key: 'total' | 'anonymized' | 'blocked' | 'failed', width: string): Column<Run> => ({
    key,
    header: t(`list.${key}`),
    width,
    align: 'end',
    cell: ({ counts }) => count(counts[key]),
  });
  const columns: Column<Run>[] = [
    {
      key: 'createdAt',
      header: t('list.createdAt'),
      width: 'minmax(150px, 1.2fr)',
      cell: ({ id, createdAt }) => (
        <Anchor component={Link} to={`/runs/${id}`} size="sm">
          {time(createdAt)}
        </Anchor>
      ),
    },
    { key: 'state', header: t('filter.state'), width: '155px', cell: (run) => <RunStateBadge state={run.state} /> },
    { key: 'kind', header: t('list.kind'), width: '130px', cell: ({ kind }) => t(`kind.${kind}`) },
    counted('total', '80px'),
    counted('anonymized', '115px'),
    counted('blocked', '90px'),
    counted('failed', '130px'),
    { key: 'reference', header: t('list.reference'), width: 'minmax(110px, 1fr)', cell: ({ reference }) => reference },
  ];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NativeSelect
        label={t('filter.state')}
        maw={280}
        value={state ?? ''}
        onChange={({ currentTarget: { value } }) => setSearch(value === '' ? {} : { state: value }, { replace: true })}
      >
        <option value="">{t('filter.all')}</option>
        {RUN_STATES.map((each) => (
          <option key={each} value={each}>
            {t(`common:runState.${each}`)}
          </option>
        ))}
      </NativeSelect>
      <CursorTable
        label={t('list.label')}
        queryKey={['runs', 'list', state]}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/anonymization-runs', {
              params: {
                query: { ...(cursor === null ? {} : { cursor }), ...(state === null ? {} : { state: [state] }) },
              },
            }),
          )
        }
        columns={columns}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate(`/runs/${id}`)}
        empty={t('list.empty')}
      />
    </Page>
  );
}

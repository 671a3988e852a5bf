import './words';
import { Anchor, Button } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Page } from '../../ui/page';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

type Selection = Schemas['SelectionResponse'];

export function SelectionsPage() {
  const { t } = useWords('selections');
  const { count, time } = useFormats();
  const navigate = useNavigate();
  const columns: Column<Selection>[] = [
    {
      key: 'name',
      header: t('name'),
      width: 'minmax(200px, 3fr)',
      cell: ({ id, name }) => (
        <Anchor component={Link} to={`/selections/${id}`} size="sm">
          {name}
        </Anchor>
      ),
    },
    {
      key: 'members',
      header: t('members'),
      width: '120px',
      align: 'end',
      cell: ({ memberCount }) => count(memberCount),
    },
    { key: 'createdAt', header: t('createdAt'), width: '220px', cell: ({ createdAt }) => time(createdAt) },
  ];
  const create = (
    <Button component={Link} to="/selections/new">
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={create}>
      <CursorTable
        label={t('list')}
        queryKey={['selections', 'list']}
        readPage={(cursor) =>
          answered(api.GET('/api/v1/selections', { params: { query: cursor === null ? {} : { cursor } } }))
        }
        columns={columns}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate(`/selections/${id}`)}
        empty={t('empty')}
      />
    </Page>
  );
}

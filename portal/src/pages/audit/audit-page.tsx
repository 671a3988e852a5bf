import './words';
import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Page } from '../../ui/page';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { AuditFilters, filtersOf } from './audit-filters';
import { EntryDetails } from './entry-details';

export type AuditEntry = Schemas['AuditEntryResponse'];

/** The audit log with filters. The URL stores the filters, which are only codes, ids and days. */
export function AuditPage() {
  const { t } = useWords('audit');
  const [search] = useSearchParams();
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const filters = filtersOf(search);
  const columns = useColumns();
  const csv = (
    <Button component="a" href={`/api/v1/audit-entries.csv?${new URLSearchParams(filters)}`} download variant="default">
      {t('csv')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={csv}>
      <AuditFilters />
      <CursorTable
        label={t('list')}
        queryKey={['audit', filters]}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/audit-entries', {
              params: { query: { ...filters, limit: 100, ...(cursor === null ? {} : { cursor }) } },
            }),
          )
        }
        columns={columns}
        rowId={({ id }) => id}
        onOpen={setOpened}
        empty={t('empty')}
      />
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size="lg"
        title={opened === null ? '' : t('entry', { sequence: opened.sequence ?? '–' })}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        {opened !== null && <EntryDetails entry={opened} />}
      </Drawer>
    </Page>
  );
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useWords('audit');
  const { time } = useFormats();
  return [
    { key: 'sequence', header: t('sequence'), width: '80px', align: 'end', cell: ({ sequence }) => sequence ?? '–' },
    { key: 'occurredAt', header: t('occurredAt'), width: '190px', cell: ({ occurredAt }) => time(occurredAt) },
    {
      key: 'action',
      header: t('action'),
      width: 'minmax(220px, 3fr)',
      cell: ({ action }) => t(`actions.${action}`),
    },
    {
      key: 'module',
      header: t('module'),
      width: 'minmax(150px, 1fr)',
      cell: ({ module }) => t([`common:module.${module}`, 'common:state.none']),
    },
    { key: 'outcome', header: t('outcome'), width: '130px', cell: ({ outcome }) => t(`outcomes.${outcome}`) },
    {
      key: 'actor',
      header: t('actor'),
      width: '140px',
      cell: ({ actorRole }) => (actorRole === null ? t('nobody') : t([`common:role.${actorRole}`, 'nobody'])),
    },
  ];
}

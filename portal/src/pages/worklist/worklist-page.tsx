import './words';
import { Anchor, Group, Text } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { useEmployee } from '../../session/session';
import { Blockers } from '../../ui/blockers';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { DayFilter } from '../../ui/day-filter';
import { Page } from '../../ui/page';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

type BlockedCustomer = Schemas['BlockedCustomerResponse'];

const ENDS = ['from', 'to'] as const;

/** The blocked customers, ordered by the day on which they may become ready. */
export function WorklistPage() {
  const { t } = useWords('worklist');
  const [search, setSearch] = useSearchParams();
  const range = Object.fromEntries(ENDS.map((end) => [end, search.get(end)] as const).filter(([, day]) => day));
  const columns = useColumns();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Text>{t('confirmed')}</Text>
      <Group className="no-print" align="flex-end">
        {ENDS.map((end) => (
          <DayFilter
            key={end}
            label={t(end)}
            day={range[end] ?? ''}
            onChange={(day) => setSearch({ ...range, [end]: day } as Record<string, string>, { replace: true })}
          />
        ))}
        <Text size="sm" c="dimmed">
          {t('dated')}
        </Text>
      </Group>
      <CursorTable
        label={t('list')}
        queryKey={['worklist', range]}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/blocked-customers', {
              params: { query: { ...range, ...(cursor === null ? {} : { cursor }) } },
            }),
          )
        }
        columns={columns}
        rowId={({ customerId }) => customerId}
        empty={t('empty')}
      />
    </Page>
  );
}

function useColumns(): Column<BlockedCustomer>[] {
  const { t } = useWords('worklist');
  const { date } = useFormats();
  const { role } = useEmployee();
  return [
    {
      key: 'earliestPossibleOn',
      header: t('earliest'),
      width: '170px',
      cell: ({ earliestPossibleOn, blockers }) => {
        if (blockers.length === 0) return t('ready');
        return earliestPossibleOn === null ? t('act') : date(earliestPossibleOn);
      },
    },
    {
      key: 'customerNumber',
      header: t('common:customer.number'),
      width: '130px',
      cell: ({ customerId, customerNumber }) =>
        role === 'ADMINISTRATOR' ? (
          <Anchor
            component={Link}
            to={`/anonymize/${customerId}`}
            size="sm"
            aria-label={t('open', { number: customerNumber })}
          >
            {customerNumber}
          </Anchor>
        ) : (
          customerNumber
        ),
    },
    {
      key: 'blockers',
      header: t('blockers'),
      width: 'minmax(260px, 4fr)',
      cell: ({ customerId, blockers }) =>
        blockers.length === 0 ? t('none') : <Blockers customerId={customerId} blockers={blockers} />,
    },
    { key: 'judgedOn', header: t('judgedOn'), width: '125px', cell: ({ judgedOn }) => date(judgedOn) },
  ];
}

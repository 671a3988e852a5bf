import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answered, api } from '../../api/client';
import { OPEN_RUN_STATES } from '../../api/codes';
import { Queried } from '../../ui/queried';
import { RunStateBadge } from '../../ui/state-badge';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

const MAX_SHOWN_RUNS = 20;

/** Lists open runs, with links to continue them. */
export function OpenRuns() {
  const { t } = useWords('anonymize');
  const { count, time } = useFormats();
  const runs = useQuery({
    queryKey: ['runs', 'open'],
    queryFn: () =>
      answered(
        api.GET('/api/v1/anonymization-runs', { params: { query: { state: OPEN_RUN_STATES, limit: MAX_SHOWN_RUNS } } }),
      ),
  });
  return (
    <Queried query={runs} isEmpty={({ items }) => items.length === 0} empty={t('openRuns.none')}>
      {({ items }) => (
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t('openRuns.section')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('openRuns.run')}</Table.Th>
                <Table.Th scope="col">{t('common:customer.status')}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('openRuns.customers')}
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('openRuns.ready')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ id, state, createdAt, counts }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/runs/${id}`} size="sm">
                      {time(createdAt)}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <RunStateBadge state={state} />
                  </Table.Td>
                  <Table.Td ta="end">{count(counts.total)}</Table.Td>
                  <Table.Td ta="end">{count(counts.ready)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Queried>
  );
}

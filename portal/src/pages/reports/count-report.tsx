import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { Queried } from '../../ui/queried';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { Figures } from './figures';
import { ReportSection } from './report-section';
import { useKeyName } from './use-key-name';
import { groupingOf, useReportChoice } from './use-report-choice';

type Counts = Schemas['CountReportResponse'];

interface Props<Grouping extends string> {
  readonly report: 'customers' | 'devices';
  readonly groupings: readonly [Grouping, ...Grouping[]];
  readonly read: (groupBy: Grouping) => Promise<Counts>;
}

/** Counts of customers or devices by the chosen grouping. */
export function CountReport<Grouping extends string>({ report, groupings, read }: Props<Grouping>) {
  const { t } = useWords('reports');
  const [search, choose] = useReportChoice();
  const groupBy = groupingOf(search, report, groupings);
  const counts = useQuery({ queryKey: ['reports', report, groupBy], queryFn: () => read(groupBy) });
  return (
    <ReportSection
      report={report}
      grouping={groupBy}
      groupings={groupings}
      onGroup={(grouping) => choose(report, grouping)}
      csv={`/api/v1/reports/${report}.csv?${new URLSearchParams({ groupBy })}`}
    >
      <Queried query={counts} isEmpty={({ items }) => items.length === 0}>
        {(counted) => <Counted report={report} groupBy={groupBy} counts={counted} />}
      </Queried>
      {groupBy === 'costBearer' && (
        <Text size="sm" c="dimmed">
          {t('once')}
        </Text>
      )}
    </ReportSection>
  );
}

interface CountedProps {
  readonly report: 'customers' | 'devices';
  readonly groupBy: string;
  readonly counts: Counts;
}

function Counted({ report, groupBy, counts: { items, total } }: CountedProps) {
  const { t } = useWords('reports');
  const { count } = useFormats();
  const keyName = useKeyName();
  const row = (name: string, number: number) => (
    <Table.Tr key={name}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{count(number)}</Table.Td>
    </Table.Tr>
  );
  return (
    <Figures
      bars={items.map((item) => ({ name: keyName(groupBy, item.key), value: item.count }))}
      series={t('count')}
      format={count}
      label={t(`${report}.title`)}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t(`groupings.${groupBy}`)}</Table.Th>
          <Table.Th>{t('count')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((item) => row(keyName(groupBy, item.key), item.count))}</Table.Tbody>
      <Table.Tfoot>{row(t('total'), total)}</Table.Tfoot>
    </Figures>
  );
}

import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client';
import { DayFilter } from '../../ui/day-filter';
import { Queried } from '../../ui/queried';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { Figures } from './figures';
import { ReportSection } from './report-section';
import { useKeyName } from './use-key-name';
import { groupingOf, useReportChoice } from './use-report-choice';

const GROUPINGS = ['month', 'branch', 'costBearer'] as const;
const ENDS = ['from', 'to'] as const;

export function RevenueReport() {
  const { t } = useWords('reports');
  const [search, choose] = useReportChoice();
  const groupBy = groupingOf(search, 'revenue', GROUPINGS);
  const range = Object.fromEntries(ENDS.flatMap((end) => (search.get(end) ? [[end, search.get(end)!]] : [])));
  const report = useQuery({
    queryKey: ['reports', 'revenue', groupBy, range],
    queryFn: () => answered(api.GET('/api/v1/reports/revenue', { params: { query: { groupBy, ...range } } })),
  });
  return (
    <ReportSection
      report="revenue"
      grouping={groupBy}
      groupings={GROUPINGS}
      onGroup={(grouping) => choose('revenue', grouping)}
      csv={`/api/v1/reports/revenue.csv?${new URLSearchParams({ groupBy, ...range })}`}
      filters={ENDS.map((end) => (
        <DayFilter key={end} label={t(end)} day={range[end] ?? ''} onChange={(day) => choose(end, day)} />
      ))}
    >
      <Queried query={report} isEmpty={({ items }) => items.length === 0} empty={t('revenue.none')}>
        {(revenue) => <Revenue report={revenue} groupBy={groupBy} />}
      </Queried>
    </ReportSection>
  );
}

interface RevenueProps {
  readonly report: Schemas['RevenueReportResponse'];
  readonly groupBy: string;
}

function Revenue({ report: { items, total }, groupBy }: RevenueProps) {
  const { t } = useWords('reports');
  const { count, money } = useFormats();
  const keyName = useKeyName();
  const row = (name: string, figures: Schemas['RevenueFigures']) => (
    <Table.Tr key={name}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{money(figures.net)}</Table.Td>
      <Table.Td>{money(figures.tax)}</Table.Td>
      <Table.Td>{money(figures.gross)}</Table.Td>
      <Table.Td>{count(figures.count)}</Table.Td>
    </Table.Tr>
  );
  return (
    <Figures
      bars={items.map(({ key, gross }) => ({ name: keyName(groupBy, key), value: gross }))}
      series={t('revenue.gross')}
      format={money}
      label={t('revenue.title')}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t(`groupings.${groupBy}`)}</Table.Th>
          <Table.Th>{t('revenue.net')}</Table.Th>
          <Table.Th>{t('revenue.tax')}</Table.Th>
          <Table.Th>{t('revenue.gross')}</Table.Th>
          <Table.Th>{t('revenue.documents')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((item) => row(keyName(groupBy, item.key), item))}</Table.Tbody>
      <Table.Tfoot>{row(t('total'), total)}</Table.Tfoot>
    </Figures>
  );
}

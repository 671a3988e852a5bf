import '../../ui/tables/words';
import { Alert, List, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../../api/client';
import { useWords } from '../../words/words';
import { CHANGE_CUSTOMER } from './customer-forms';
import { type Shape, text } from './form/shapes';
import { useFieldName } from './form/use-field-name';
import { useShown } from './form/use-shown';

type Plan = Schemas['PreviewMergeResponse'];
type Side = Schemas['MergeSideResponse'];

const { note, branchCode, ...MASTER_DATA } = CHANGE_CUSTOMER;

/** The fields that distinguish two customers, in the order of the comparison. */
const COMPARED = Object.entries({
  customerNumber: text,
  ...MASTER_DATA,
  street: text,
  postalCode: text,
  city: text,
  branchCode: branchCode!,
  note: note!,
}) as [keyof Side, Shape][];

/** Both customers side by side with the effects of the merge, before it is confirmed. */
export function MergePreview({ plan }: { readonly plan: Plan }) {
  const { t } = useWords('customers');
  const { source, target, differences } = plan;
  return (
    <Stack gap="sm">
      {differences.length > 0 && (
        <Alert color="red" role="alert">
          {t('merge.differ')}
        </Alert>
      )}
      {target.selections + target.readyInRuns > 0 && (
        <Alert color="orange">{t('merge.selected', { selections: target.selections, runs: target.readyInRuns })}</Alert>
      )}
      <Comparison source={source} target={target} differing={differences.map(({ field }) => field)} />
      <Moved title={t('merge.moved')} rows={plan.moved} />
      <Moved title={t('merge.dropped')} rows={plan.dropped} />
      <Appended values={plan.appended} />
    </Stack>
  );
}

interface ComparisonProps {
  readonly source: Side;
  readonly target: Side;
  readonly differing: readonly string[];
}

function Comparison({ source, target, differing }: ComparisonProps) {
  const { t } = useWords('customers');
  const fieldName = useFieldName();
  const shown = useShown();
  const rows = COMPARED.map(([field, shape]) => ({
    field,
    values: [shown(shape, source[field]), shown(shape, target[field])] as const,
  }));
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t('merge.comparison')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('merge.field')}</Table.Th>
            <Table.Th scope="col">{t('merge.closes')}</Table.Th>
            <Table.Th scope="col">{t('merge.kept')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows
            .filter(({ values }) => values.some((value) => value !== ''))
            .map(({ field, values: [closed, kept] }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">
                  {fieldName(field)}
                  {differing.includes(field) && (
                    <Text span size="sm" c="red.9">
                      {' '}
                      {t('merge.different')}
                    </Text>
                  )}
                </Table.Th>
                <Table.Td>{closed}</Table.Td>
                <Table.Td>{kept}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Row counts by table; empty without rows. */
function Moved({ title, rows }: { readonly title: string; readonly rows: Readonly<Record<string, number>> }) {
  const { t } = useWords('tables');
  const tables = Object.entries(rows);
  if (tables.length === 0) return null;
  return (
    <div>
      <Text fw={600}>{title}</Text>
      <List size="sm">
        {tables.map(([table, count]) => (
          <List.Item key={table}>
            {t([`name.${table}`, 'name.unknown'])}: {count}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Appended({ values }: { readonly values: Plan['appended'] }) {
  const { t } = useWords('customers');
  const fieldName = useFieldName();
  const shown = useShown();
  if (values.length === 0) return null;
  const shapes: Readonly<Record<string, Shape>> = Object.fromEntries(COMPARED);
  return (
    <div>
      <Text fw={600}>{t('merge.appended')}</Text>
      <List size="sm">
        {values.map(({ field, value }) => (
          <List.Item key={field}>
            {fieldName(field)}: {shown(shapes[field] ?? text, value)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

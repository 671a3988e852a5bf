import { Code, Table, Text, Title } from '@mantine/core';
import { useId } from 'react';
import type { Schemas } from '../../api/client';
import { Section } from '../../ui/section';
import { useWords } from '../../words/words';
import classes from './data-map.module.css';
import { Statement } from './statement';
import { TableName } from './table-name';

type Column = Schemas['DataMapColumnResponse'];
type MappedTable = Schemas['DataMapTableResponse'];

interface Props {
  readonly module: string;
  readonly tables: readonly MappedTable[];
  /** the columns of all modules */
  readonly columns: readonly Column[];
}

export function MappedModule({ module, tables, columns }: Props) {
  const { t } = useWords('dataMap');
  return (
    <Section title={t(`common:module.${module}`)}>
      {tables.map((table) => (
        <MappedColumns
          key={table.table}
          table={table}
          columns={columns.filter((column) => column.table === table.table)}
        />
      ))}
    </Section>
  );
}

function MappedColumns({ table, columns }: { readonly table: MappedTable; readonly columns: readonly Column[] }) {
  const { t } = useWords('dataMap');
  const heading = useId();
  return (
    <div>
      <Title order={3} size="h6" id={heading} mt="sm">
        <TableName of={table.table} />
      </Title>
      <Text size="sm">
        {t(table.rule === 'OF_CUSTOMER' ? `rows.${table.erasesRows}` : `rules.${table.rule}`)}
        {table.reason !== null && (
          <>
            {' ('}
            <Statement of={table.reason} />)
          </>
        )}
      </Text>
      <Table aria-labelledby={heading} layout="fixed" className={classes.wrapped}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="24%">{t('column')}</Table.Th>
            <Table.Th w="18%">{t('category')}</Table.Th>
            <Table.Th w="22%">{t('treatment')}</Table.Th>
            <Table.Th>{t('reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ column, category, treatment, reason }) => (
            <Table.Tr key={column}>
              <Table.Th scope="row" fw="normal">
                <Code>{column}</Code>
              </Table.Th>
              <Table.Td>{t(`categories.${category}`)}</Table.Td>
              <Table.Td>{t(`treatments.${treatment}`)}</Table.Td>
              <Table.Td>
                <Statement of={reason} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

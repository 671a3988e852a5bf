import { List, Table } from '@mantine/core';
import type { Schemas } from '../../api/client';
import { useWords } from '../../words/words';
import classes from './data-map.module.css';
import { Statement } from './statement';
import { TableName } from './table-name';

interface Props {
  /** accessible name of the table */
  readonly label: string;
  readonly categories: readonly Schemas['CategoryOfDataResponse'][];
}

/** The tables from which anonymization erases data of a category, and those where data is kept, with the reason. */
export function CategoriesOfData({ label, categories }: Props) {
  const { t } = useWords('dataMap');
  return (
    <Table aria-label={label} verticalSpacing="sm" layout="fixed" className={classes.wrapped}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="16%">{t('category')}</Table.Th>
          <Table.Th w="34%">{t('processing.erasedFrom')}</Table.Th>
          <Table.Th>{t('processing.kept')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {categories.map(({ category, erasedFrom, kept }) => (
          <Table.Tr key={category}>
            <Table.Th scope="row" fw="normal">
              {t(`categories.${category}`)}
            </Table.Th>
            <Table.Td>
              <Tables of={erasedFrom} />
            </Table.Td>
            <Table.Td>
              {kept.length === 0
                ? t('common:state.none')
                : kept.map(({ ground, treatment, tables }) => (
                    <div key={`${treatment} ${ground}`}>
                      {t(`keptAs.${treatment}`)}: <Statement of={ground} />
                      <Tables of={tables} />
                    </div>
                  ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Tables({ of }: { readonly of: readonly string[] }) {
  const { t } = useWords();
  if (of.length === 0) return t('state.none');
  return (
    <List size="sm">
      {of.map((table) => (
        <List.Item key={table}>
          <TableName of={table} />
        </List.Item>
      ))}
    </List>
  );
}

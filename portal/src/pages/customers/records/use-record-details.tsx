import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFieldName } from '../form/use-field-name';
import { useShown } from '../form/use-shown';
import type { AnyKind, AnyRow, Column } from './record-kind';
import { valueOf } from './value-of';

/** The details below a row: fields without a column, and nested lists. */
export function useRecordDetails({ more, parts = {} }: AnyKind): (row: AnyRow) => ReactNode {
  const fieldName = useFieldName();
  const shown = useShown();
  const factsIn = (columns: readonly Column<AnyRow>[], row: AnyRow) =>
    columns
      .map((column) => [fieldName(column[0]), shown(column[1], valueOf(column, row))] as const)
      .filter(([, value]) => value !== '');
  return (row) => {
    const facts = factsIn(more, row);
    const lists = Object.entries(parts)
      .map(([part, columns]) => [part, columns, row[part] as readonly AnyRow[]] as const)
      .filter(([, , each]) => each.length > 0);
    if (facts.length === 0 && lists.length === 0) return null;
    return (
      <Text component="div" size="xs" c="dimmed">
        {facts.map(([name, value]) => `${name}: ${value}`).join(' · ')}
        {lists.map(([part, columns, each]) => (
          <div key={part}>
            {fieldName(part)}
            <List size="xs">
              {each.map((piece, index) => (
                <List.Item key={index}>
                  {factsIn(columns, piece)
                    .map(([, value]) => value)
                    .join(' · ')}
                </List.Item>
              ))}
            </List>
          </div>
        ))}
      </Text>
    );
  };
}

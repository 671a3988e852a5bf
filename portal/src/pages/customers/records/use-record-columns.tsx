import { Group } from '@mantine/core';
import type { Column } from '../../../ui/cursor-table';
import { useWords } from '../../../words/words';
import type { ListName, Shape } from '../form/shapes';
import { useFieldName } from '../form/use-field-name';
import { useShown } from '../form/use-shown';
import { de } from '../words.de';
import { RecordAction } from './record-action';
import type { AnyKind, AnyRow } from './record-kind';
import type { RecordName } from './record-names';
import { valueOf } from './value-of';

const WIDTHS: Readonly<Record<Exclude<Shape['as'], 'list'>, string>> = {
  text: 'minmax(90px, 2fr)',
  longText: 'minmax(90px, 2fr)',
  date: '112px',
  instant: '190px',
  money: '95px',
  number: '85px',
  rows: '85px',
  flag: '85px',
};
/** fixed, because `ch` has another width in the bold headings */
const LETTER_PX = 9;
const PADDING_PX = 16;
const ACTIONS_WIDTH = '165px';

/** The columns of a kind of record; the last one contains the actions. */
export function useRecordColumns(name: RecordName, kind: AnyKind, onActed: (() => void) | null): Column<AnyRow>[] {
  const { t } = useWords('customers');
  const fieldName = useFieldName();
  const shown = useShown();
  /** wide enough for the longest text of the list */
  const widthOf = (list: ListName) => {
    const longest = Math.max(...Object.keys(de.lists[list]).map((value) => t(`lists.${list}.${value}`).length));
    return `minmax(${longest * LETTER_PX + PADDING_PX}px, 1fr)`;
  };
  const columns = kind.columns.map((column): Column<AnyRow> => {
    const [field, shape] = column;
    return {
      key: field,
      header: fieldName(field),
      width: shape.as === 'list' ? widthOf(shape.list) : WIDTHS[shape.as],
      ...(shape.as === 'money' ? { align: 'end' } : {}),
      cell: (row) => shown(shape, valueOf(column, row)) || t('common:state.none'),
    };
  });
  const verbs = Object.entries(kind.actions);
  if (onActed === null || verbs.length === 0) return columns;
  const [naming] = kind.columns;
  return [
    ...columns,
    {
      key: 'actions',
      header: t('actions.column'),
      width: ACTIONS_WIDTH,
      cell: (row) => (
        <Group gap={4}>
          {verbs
            .filter(([, { when }]) => when(row))
            .map(([verb, action]) => (
              <RecordAction
                key={verb}
                name={name}
                verb={verb}
                action={action}
                row={row}
                record={shown(naming![1], valueOf(naming!, row)) || t('common:state.none')}
                onActed={onActed}
              />
            ))}
        </Group>
      ),
    },
  ];
}

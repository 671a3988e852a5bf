import { memo, type ReactNode } from 'react';
import classes from './cursor-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** as in `grid-template-columns` */
  readonly width: string;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
}

export const gridOf = <Row,>(columns: readonly Column<Row>[]): string => columns.map(({ width }) => width).join(' ');

interface Props<Row> {
  readonly row: Row;
  readonly index: number;
  /** pixels from the top of the list */
  readonly start: number;
  readonly columns: readonly Column<Row>[];
  readonly measure: (element: HTMLElement | null) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly detail: ((row: Row) => ReactNode) | undefined;
}

function DrawnRow<Row>({ row, index, start, columns, measure, onOpen, detail }: Props<Row>) {
  const below = detail?.(row) ?? null;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      data-index={index}
      ref={measure}
      className={classes.row}
      data-opens={onOpen !== undefined || undefined}
      style={{ gridTemplateColumns: gridOf(columns), transform: `translateY(${start}px)` }}
      tabIndex={onOpen === undefined ? undefined : 0}
      onClick={onOpen && (() => onOpen(row))}
      onKeyDown={
        onOpen &&
        (({ key, target, currentTarget }) => {
          if (key === 'Enter' && target === currentTarget) onOpen(row);
        })
      }
    >
      {columns.map(({ key, align, cell }) => (
        <div key={key} role="cell" className={classes.cell} data-align={align}>
          {cell(row)}
        </div>
      ))}
      {below !== null && (
        <div role="cell" className={classes.detail}>
          {below}
        </div>
      )}
    </div>
  );
}

/** Renders when it scrolls into view, and not again while other rows scroll past. */
export const CursorRow = memo(DrawnRow) as typeof DrawnRow;

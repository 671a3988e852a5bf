import { Box, Text } from '@mantine/core';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useWords } from '../words/words';
import { type Column, CursorRow, gridOf } from './cursor-row';
import classes from './cursor-table.module.css';
import { isSilence } from '../api/problem';
import { ProblemAlert } from './problem-alert';
import { Loading } from './queried';

export type { Column } from './cursor-row';

export interface CursorPage<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

interface Props<Row> {
  /** accessible name of the table */
  readonly label: string;
  readonly queryKey: readonly unknown[];
  /** reads the page after a cursor; null reads the first */
  readonly readPage: (cursor: string | null) => Promise<CursorPage<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** full-width detail below a row; null for none */
  readonly detail?: (row: Row) => ReactNode;
  readonly total?: number;
  readonly empty?: string;
  /** replaces the error message for expected errors; null for other errors */
  readonly failure?: (error: Error) => ReactNode;
  /** long scrolled lists are not refetched, because all loaded pages would be read again */
  readonly refetchEveryMs?: number | false;
  /** the usual height of a row; rows of this height are not measured while scrolling */
  readonly rowPx?: number;
}

const ROW_PX = 44;
const MAX_REFETCHED_PAGES = 3;

/**
 * A list of any length: pages are fetched on scroll, and only visible rows are rendered. Arrow keys, page keys, Home
 * and End scroll it; Enter opens a row.
 */
export function CursorTable<Row>(props: Props<Row>) {
  const {
    label,
    queryKey,
    readPage,
    columns,
    rowId,
    onOpen,
    detail,
    total,
    empty,
    failure,
    refetchEveryMs = false,
    rowPx = ROW_PX,
  } = props;
  const { t } = useWords();
  const scrolled = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery<
    CursorPage<Row>,
    Error,
    InfiniteData<CursorPage<Row>>,
    readonly unknown[],
    string | null
  >({
    queryKey,
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.length ?? 0) <= MAX_REFETCHED_PAGES && refetchEveryMs,
    refetchOnWindowFocus: false,
    structuralSharing: false, // would compare all rows whenever a page is added
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  // stable while the rows are the same: a new function would cause all rows to be measured again
  const getItemKey = useCallback((index: number) => rowId(rows[index]!), [rows, rowId]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => rowPx,
    overscan: 12,
    getItemKey,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && last >= rows.length - 30) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);

  if (query.isPending) return <Loading />;
  if (query.isError && (query.data === undefined || !isSilence(query.error)))
    return failure?.(query.error) ?? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Text c="dimmed">{empty ?? t('common:state.empty')}</Text>;
  return (
    <div>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Box
        ref={scrolled}
        className={classes.scrolled}
        role="table"
        aria-label={label}
        aria-rowcount={total ?? (hasNextPage ? -1 : rows.length)}
        tabIndex={0}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" className={classes.row} style={{ gridTemplateColumns: gridOf(columns) }}>
            {columns.map(({ key, header, align }) => (
              <div key={key} role="columnheader" className={classes.cell} data-align={align}>
                {header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => (
            <CursorRow
              key={key}
              row={rows[index]!}
              index={index}
              start={start}
              columns={columns}
              measure={virtual.measureElement}
              onOpen={onOpen}
              detail={detail}
            />
          ))}
        </div>
      </Box>
      <Text size="sm" c="dimmed" mt="xs" role="status">
        {total === undefined
          ? t('common:state.shown', { shown: rows.length })
          : t('common:state.shownOf', { shown: rows.length, total })}
      </Text>
    </div>
  );
}

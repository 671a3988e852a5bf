import { useSearchParams } from 'react-router';

/** The options of the reports. The URL stores them, so that a link shows the same figures. */
export function useReportChoice(): readonly [URLSearchParams, (name: string, chosen: string) => void] {
  const [search, setSearch] = useSearchParams();
  return [
    search,
    (name, chosen) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (chosen === '') after.delete(name);
          else after.set(name, chosen);
          return after;
        },
        { replace: true },
      ),
  ];
}

/** The chosen grouping, or the first one. */
export const groupingOf = <Grouping extends string>(
  search: URLSearchParams,
  report: string,
  groupings: readonly [Grouping, ...Grouping[]],
): Grouping => groupings.find((grouping) => grouping === search.get(report)) ?? groupings[0];

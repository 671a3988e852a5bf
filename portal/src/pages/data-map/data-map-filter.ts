import type { Schemas } from '../../api/client';

type Column = Schemas['DataMapColumnResponse'];

export interface Filter {
  readonly module: string;
  readonly treatment: string;
  /** part of the name of a table or column */
  readonly text: string;
}

/** The filters in the URL; '' means no filter. */
export const filterOf = (search: URLSearchParams): Pick<Filter, 'module' | 'treatment'> => ({
  module: search.get('module') ?? '',
  treatment: search.get('treatment') ?? '',
});

export function columnsOf({ items }: Schemas['DataMapResponse'], { module, treatment, text }: Filter): Column[] {
  const looked = text.trim().toLowerCase();
  return items.filter(
    (item) =>
      (module === '' || item.module === module) &&
      (treatment === '' || item.treatment === treatment) &&
      `${item.table}.${item.column}`.includes(looked),
  );
}

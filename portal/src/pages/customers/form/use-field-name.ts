import { useWords } from '../../../words/words';

/** The label of an API field, for forms and column headers. */
export function useFieldName(): (field: string) => string {
  const { t } = useWords('customers');
  return (field) => t([`fields.${field}`, `common:customer.${field}`]);
}

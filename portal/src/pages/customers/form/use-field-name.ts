import { useWords } from '../../../words/words';

/** The word for a field of the API, on forms and above columns. */
export function useFieldName(): (field: string) => string {
  const { t } = useWords('customers');
  return (field) => t([`fields.${field}`, `common:customer.${field}`]);
}

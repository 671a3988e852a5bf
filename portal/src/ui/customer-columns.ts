import type { Schemas } from '../api/client';
import { useFormats } from '../words/formats';
import { useWords } from '../words/words';
import type { Column } from './cursor-table';

type Found = Schemas['CustomerSummary'];

/** The columns that distinguish customers in search results. */
export function useCustomerColumns(): Column<Found>[] {
  const { t } = useWords();
  const { date } = useFormats();
  const text = (key: Exclude<keyof Found, 'id' | 'status' | 'birthDate'>, width: string): Column<Found> => ({
    key,
    header: t(`common:customer.${key === 'customerNumber' ? 'number' : key}`),
    width,
    cell: (customer) => customer[key],
  });
  return [
    text('customerNumber', '145px'),
    {
      key: 'status',
      header: t('common:customer.status'),
      width: '90px',
      cell: ({ status }) => t(`common:customerStatus.${status}`),
    },
    text('lastName', 'minmax(110px, 2fr)'),
    text('firstName', 'minmax(95px, 2fr)'),
    text('postalCode', '80px'),
    text('city', 'minmax(95px, 2fr)'),
    text('street', 'minmax(110px, 2fr)'),
    text('phone', '120px'),
    {
      key: 'birthDate',
      header: t('common:customer.birthDate'),
      width: '130px',
      cell: ({ birthDate }) => (birthDate === null ? '' : date(birthDate)),
    },
  ];
}

import './words';
import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Page } from '../../ui/page';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { CreateCustomer } from './create-customer';

type Found = Schemas['CustomerSummary'];

const FEWEST_LETTERS = 2;
const TYPING_MS = 250;

/** What was looked for last, for whoever comes back from a customer. It is a name and so stays in memory, never in the address. */
let lookedFor = '';

export function CustomersPage() {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const [typed, setTyped] = useState(lookedFor);
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const columns = useColumns();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<CreateCustomer />}>
      <TextInput
        label={t('search')}
        autoFocus
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => {
          lookedFor = currentTarget.value;
          setTyped(currentTarget.value);
        }}
      />
      {search.length < FEWEST_LETTERS ? (
        <Text c="dimmed">{t('type')}</Text>
      ) : (
        <CursorTable
          label={t('list')}
          queryKey={['customers', 'found', search]}
          readPage={(cursor) =>
            answered(
              api.POST('/api/v1/customers/search', {
                body: { search, limit: 50, ...(cursor === null ? {} : { cursor }) },
              }),
            )
          }
          columns={columns}
          rowId={({ id }) => id}
          onOpen={({ id }) => void navigate(`/customers/${id}`)}
          empty={t('empty')}
        />
      )}
    </Page>
  );
}

function useColumns(): Column<Found>[] {
  const { t } = useWords('customers');
  const { date } = useFormats();
  return [
    { key: 'number', header: t('number'), width: '120px', cell: ({ customerNumber }) => customerNumber },
    {
      key: 'status',
      header: t('common:customer.status'),
      width: '110px',
      cell: ({ status }) => t(`common:customerStatus.${status}`),
    },
    {
      key: 'lastName',
      header: t('common:customer.lastName'),
      width: 'minmax(130px, 2fr)',
      cell: ({ lastName }) => lastName,
    },
    {
      key: 'firstName',
      header: t('common:customer.firstName'),
      width: 'minmax(110px, 2fr)',
      cell: ({ firstName }) => firstName,
    },
    { key: 'postalCode', header: t('common:customer.postalCode'), width: '90px', cell: ({ postalCode }) => postalCode },
    { key: 'city', header: t('common:customer.city'), width: 'minmax(110px, 2fr)', cell: ({ city }) => city },
    { key: 'street', header: t('common:customer.street'), width: 'minmax(130px, 2fr)', cell: ({ street }) => street },
    { key: 'phone', header: t('common:customer.phone'), width: '150px', cell: ({ phone }) => phone },
    {
      key: 'birthDate',
      header: t('common:customer.birthDate'),
      width: '130px',
      cell: ({ birthDate }) => (birthDate === null ? '' : date(birthDate)),
    },
  ];
}

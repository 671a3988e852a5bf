import './words';
import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import { CursorTable } from '../../ui/cursor-table';
import { useCustomerColumns } from '../../ui/customer-columns';
import { Page } from '../../ui/page';
import { useWords } from '../../words/words';
import { CreateCustomer } from './create-customer';

const MIN_LETTERS = 2;
const TYPING_DELAY_MS = 250;

/**
 * The last search, restored on return from a customer. It is a name, so it is never stored in the URL, and it is
 * cleared with the session.
 */
const SEARCH_KEY = ['customers', 'search'] as const;

export function CustomersPage() {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => queries.getQueryData<string>(SEARCH_KEY) ?? '');
  const [search] = useDebouncedValue(typed.trim(), TYPING_DELAY_MS);
  const columns = useCustomerColumns();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<CreateCustomer />}>
      <TextInput
        label={t('search')}
        autoFocus
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => {
          queries.setQueryData(SEARCH_KEY, currentTarget.value);
          setTyped(currentTarget.value);
        }}
      />
      {search.length < MIN_LETTERS ? (
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

import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, api, type Schemas } from '../api/client';
import { useFormats } from '../words/formats';
import { useWords } from '../words/words';

export type FoundCustomer = Schemas['CustomerSummary'];

interface Props {
  readonly label: string;
  readonly onChoose: (customer: FoundCustomer) => void;
  readonly autoFocus?: boolean;
}

const MIN_LETTERS = 2;
const TYPING_DELAY_MS = 250;
const MAX_SHOWN_CUSTOMERS = 12;

/** Finds a customer while typing. The input is sent in the body of a request, never in a URL. */
export function CustomerPicker({ label, onChoose, autoFocus = false }: Props) {
  const { t } = useWords();
  const { date } = useFormats();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_DELAY_MS);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useQuery({
    queryKey: ['customers', 'search', search],
    queryFn: () => answered(api.POST('/api/v1/customers/search', { body: { search, limit: MAX_SHOWN_CUSTOMERS } })),
    enabled: search.length >= MIN_LETTERS,
    gcTime: 0, // names are not cached
  });
  // ignores hits for an older input: scanners type a number and Enter at once
  const isCurrent = search === typed.trim();
  const customers = isCurrent ? (found.data?.items ?? []) : [];
  const isWaiting = typed.trim().length >= MIN_LETTERS && (!isCurrent || found.isPending);
  const { selectFirstOption } = combobox;
  useEffect(() => {
    selectFirstOption(); // so that Enter chooses it
  }, [found.data, selectFirstOption]);
  const choose = (id: string) => {
    const customer = customers.find((each) => each.id === id);
    if (customer === undefined) return;
    setTyped('');
    setWanted(false);
    combobox.closeDropdown();
    onChoose(customer);
  };
  const [isWanted, setWanted] = useState(false);
  const [first] = customers;
  useEffect(() => {
    if (!isWanted || isWaiting) return;
    setWanted(false);
    // Enter was pressed before the hits arrived: among several hits, the user must choose
    if (customers.length === 1 && first !== undefined) choose(first.id);
  });
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.Target>
        <TextInput
          label={label}
          placeholder={t('common:customer.choose')}
          autoComplete="off"
          autoFocus={autoFocus}
          value={typed}
          rightSection={isWaiting || found.isFetching ? <Loader size="xs" /> : null}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isWaiting) return;
            event.preventDefault();
            setWanted(true);
          }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWanted(false);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed.trim().length < MIN_LETTERS || isWaiting}>
        <Combobox.Options aria-label={label}>
          {customers.length === 0 && <Combobox.Empty>{t('common:customer.chooseNone')}</Combobox.Empty>}
          {customers.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id}>
              <Text size="sm">{nameOf(customer)}</Text>
              <Text size="xs">
                {[
                  customer.customerNumber,
                  customer.birthDate === null ? null : date(customer.birthDate),
                  customer.street,
                  [customer.postalCode, customer.city].filter(Boolean).join(' '),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Last name first, like the sort order of lists. */
export const nameOf = ({ lastName, firstName }: Pick<FoundCustomer, 'lastName' | 'firstName'>): string =>
  [lastName, firstName].filter(Boolean).join(', ');

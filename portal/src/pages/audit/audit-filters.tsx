import { Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client';
import { type AuditAction, codesOf } from '../../api/codes';
import { useCommand } from '../../api/use-command';
import { DayFilter } from '../../ui/day-filter';
import { useWords } from '../../words/words';
import { de } from './words.de';

/** The filters of the API, as stored in the URL. */
export type Filters = Readonly<Record<string, string>>;

const NAMES = ['customerId', 'runId', 'action', 'module', 'actorId', 'from', 'to', 'order'] as const;
const ACTIONS = codesOf(de.actions);
const MODULES = ['customer', 'finance', 'device', 'loyalty', 'archive', 'anonymization', 'employee', 'audit'];

export const filtersOf = (search: URLSearchParams): Filters & { action?: AuditAction; order?: 'asc' | 'desc' } =>
  Object.fromEntries(NAMES.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));

export function AuditFilters() {
  const { t } = useWords('audit');
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const set = (name: (typeof NAMES)[number], value: string) =>
    setSearch(Object.fromEntries(Object.entries({ ...filters, [name]: value }).filter(([, each]) => each !== '')), {
      replace: true,
    });
  return (
    <Group className="no-print" align="flex-start">
      <CustomerFilter hasFilter={filters.customerId !== undefined} onFound={(id) => set('customerId', id)} />
      <NativeSelect
        label={t('action')}
        value={filters.action ?? ''}
        onChange={({ currentTarget }) => set('action', currentTarget.value)}
      >
        <option value="">{t('all')}</option>
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {t(`actions.${action}`)}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={t('module')}
        value={filters.module ?? ''}
        onChange={({ currentTarget }) => set('module', currentTarget.value)}
      >
        <option value="">{t('all')}</option>
        {MODULES.map((module) => (
          <option key={module} value={module}>
            {t(`common:module.${module}`)}
          </option>
        ))}
      </NativeSelect>
      {(['from', 'to'] as const).map((end) => (
        <DayFilter key={end} label={t(end)} day={filters[end] ?? ''} onChange={(day) => set(end, day)} />
      ))}
      <NativeSelect
        label={t('order')}
        value={filters.order ?? ''}
        onChange={({ currentTarget }) => set('order', currentTarget.value)}
      >
        <option value="">{t('desc')}</option>
        <option value="asc">{t('asc')}</option>
      </NativeSelect>
    </Group>
  );
}

interface CustomerProps {
  readonly hasFilter: boolean;
  /** '' removes the filter */
  readonly onFound: (customerId: string) => void;
}

/** Filters by customer number. The URL stores the id. */
function CustomerFilter({ hasFilter, onFound }: CustomerProps) {
  const { t } = useWords('audit');
  const [typed, setTyped] = useState('');
  const find = useCommand({
    isReading: true,
    perform: (customerNumber: string, signal) =>
      answered(
        api.GET('/api/v1/customers/by-number/{customerNumber}', { params: { path: { customerNumber } }, signal }),
      ),
    onSuccess: ({ id }) => onFound(id),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === '') onFound('');
    else find.mutate(typed.trim());
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('customer')}
        value={typed}
        error={find.isError ? t('customerWrong') : undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (currentTarget.value === '' && hasFilter) onFound('');
        }}
      />
    </form>
  );
}

import { Checkbox, Fieldset, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { ProblemAlert } from '../../ui/problem-alert';
import { TypedField } from '../../ui/typed-field';
import { useWords } from '../../words/words';
import { type SelectionDraft, STATUSES } from './selection-draft';

const INPUT_FIRST: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

interface Props {
  readonly form: UseFormReturnType<SelectionDraft>;
  /** the API's error for a field */
  readonly errorOf: (field: keyof SelectionDraft) => string | null;
}

export function CriteriaFields({ form, errorOf }: Props) {
  const { t } = useWords('selections');
  const field = (name: keyof SelectionDraft) => ({
    label: t(`new.${name}`),
    ...form.getInputProps(name),
    error: form.errors[name] ?? errorOf(name),
  });
  return (
    <Fieldset legend={t('new.criteria')}>
      <Stack>
        <Checkbox.Group label={t('common:customer.status')} {...form.getInputProps('status')}>
          <Group mt={4}>
            {STATUSES.map((status) => (
              <Checkbox key={status} value={status} label={t(`common:customerStatus.${status}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <BranchSelect {...field('branchCode')} />
          <TextInput autoComplete="off" maxLength={200} {...field('postalCodePrefix')} />
          {(['bornBefore', 'noInvoiceSince', 'noContactSince'] as const).map((name) => (
            <TypedField
              key={name}
              notation="date"
              description={t(`new.${name}What`)}
              inputWrapperOrder={INPUT_FIRST}
              {...field(name)}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  );
}

type SelectProps = Pick<
  React.ComponentProps<typeof NativeSelect>,
  'label' | 'error' | 'value' | 'onChange' | 'onFocus' | 'onBlur'
>;

/** Selects one of the branches with customers, which come from a report. */
function BranchSelect(props: SelectProps) {
  const { t } = useWords('selections');
  const branches = useQuery({
    queryKey: ['reports', 'customers', 'branch'],
    queryFn: () => answered(api.GET('/api/v1/reports/customers', { params: { query: { groupBy: 'branch' } } })),
  });
  if (branches.isError) return <ProblemAlert error={branches.error} onRetry={() => void branches.refetch()} />;
  return (
    <NativeSelect {...props}>
      <option value="">{t('new.allBranches')}</option>
      {branches.data?.items.map(({ key }) => (
        <option key={key} value={key ?? ''}>
          {key}
        </option>
      ))}
    </NativeSelect>
  );
}

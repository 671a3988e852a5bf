import './words';
import { Button, Group, Input, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { isUnread } from '../../ui/typed-field';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { CriteriaFields } from './criteria-fields';
import { SelectedCount } from './selected-count';
import {
  type Criteria,
  criteriaOf,
  DAYS,
  MAX_CUSTOMER_NUMBERS,
  NOTHING_CHOSEN,
  numbersIn,
  type SelectionDraft,
} from './selection-draft';

const TYPING_DELAY_MS = 300;

/** Creates a selection, with a live count of its customers. */
export function NewSelectionPage() {
  const { t } = useWords('selections');
  const { count } = useFormats();
  const unreadDay = (day: string, { by }: SelectionDraft) =>
    by === 'criteria' && isUnread(day) ? t('common:unreadable.date') : null;
  const form = useForm<SelectionDraft>({
    initialValues: NOTHING_CHOSEN,
    validate: {
      ...Object.fromEntries(DAYS.map((name) => [name, unreadDay])),
      customerNumbers: (_, draft) => {
        if (draft.by === 'criteria') return null;
        const given = numbersIn(draft).length;
        if (given === 0) return t('new.numbersMissing');
        return given > MAX_CUSTOMER_NUMBERS
          ? t('new.numbersTooMany', { given: count(given), most: count(MAX_CUSTOMER_NUMBERS) })
          : null;
      },
    },
  });
  const criteria = useMemo(() => criteriaOf(form.values), [form.values]);
  const [settled] = useDebouncedValue(criteria, TYPING_DELAY_MS);
  const counted = useSelectedCount(settled);
  const save = useSave();
  const errorOf = (field: keyof SelectionDraft): string | null => {
    const said = [save.error, counted.error]
      .filter((error) => isProblem(error))
      .map((error) => error.codeOf(field) ?? error.codeOf(`criteria.${field}`))
      .find((code) => code !== undefined);
    if (said === undefined) return null;
    return said === 'UNKNOWN_REFERENCE' ? t('new.unknownBranch') : t('common:field.INVALID');
  };
  return (
    <Page title={t('new.title')} lead={t('new.lead')}>
      <form
        onSubmit={form.onSubmit((draft) => {
          const chosen = criteriaOf(draft);
          if (chosen !== null) save.mutate({ name: draft.name.trim(), criteria: chosen });
        })}
      >
        <Stack>
          <Input.Wrapper label={t('new.by')} labelElement="div">
            <div>
              <SegmentedControl
                aria-label={t('new.by')}
                data={[
                  { value: 'criteria', label: t('new.byCriteria') },
                  { value: 'numbers', label: t('new.byNumbers') },
                ]}
                {...form.getInputProps('by')}
              />
            </div>
          </Input.Wrapper>
          {form.values.by === 'criteria' ? (
            <CriteriaFields form={form} errorOf={errorOf} />
          ) : (
            <Textarea
              label={t('new.customerNumbers')}
              description={t('new.customerNumbersWhat', { most: count(MAX_CUSTOMER_NUMBERS) })}
              autoComplete="off"
              rows={10}
              {...form.getInputProps('customerNumbers')}
              error={form.errors.customerNumbers ?? errorOf('customerNumbers')}
            />
          )}
          <SelectedCount criteria={settled} counted={counted} />
          <TextInput
            label={t('new.name')}
            description={t('new.nameWhat')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            maxLength={200}
            autoComplete="off"
            {...form.getInputProps('name')}
            error={errorOf('name')}
          />
          {save.isError && !isProblem(save.error, 'VALIDATION_FAILED') && <ProblemAlert error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('new.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function useSelectedCount(criteria: Criteria | null) {
  return useQuery({
    queryKey: ['selections', 'count', criteria],
    queryFn: async () => (await answered(api.POST('/api/v1/selections/count', { body: criteria! }))).count,
    enabled: criteria !== null,
    placeholderData: keepPreviousData,
    gcTime: 0, // always counted again
  });
}

function useSave() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useCommand({
    perform: (body: { readonly name: string; readonly criteria: Criteria }, signal) =>
      answered(api.POST('/api/v1/selections', { body, signal })),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['selections'] });
      await navigate(`/selections/${id}`);
    },
  });
}

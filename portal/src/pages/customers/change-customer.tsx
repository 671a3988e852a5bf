import { Alert, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { FormDialog } from '../../ui/form-dialog';
import { useWords } from '../../words/words';
import { CHANGE_CUSTOMER } from './customer-forms';
import { customerOf, readCustomer, type ReadCustomer } from './customer-query';
import { FormFields } from './form/form-fields';
import { useFormDialog } from './form/use-form-dialog';
import { useShown } from './form/use-shown';
import { valuesOf } from './form/values';

type Changes = Schemas['ChangeCustomerRequest'];

const FIELDS = Object.entries(CHANGE_CUSTOMER) as [keyof Changes, (typeof CHANGE_CUSTOMER)[keyof Changes]][];

/**
 * Changes a customer and sends only the edited fields. If another employee has changed the customer meanwhile, nothing
 * is saved: edits are kept, and the other fields are reloaded.
 */
export function ChangeCustomer({ read }: { readonly read: ReadCustomer }) {
  const { t } = useWords('customers');
  const queries = useQueryClient();
  const shown = useShown();
  const [base, setBase] = useState(read);
  const { id, customerNumber } = read.body;
  const { controls, begin, forgive, frame } = useFormDialog({
    form: CHANGE_CUSTOMER,
    known: read.body,
    perform: (customer: Changes, signal) =>
      answered(
        api.PATCH('/api/v1/customers/{id}', {
          params: { path: { id }, header: { 'If-Match': base.version } },
          body: differences(customer, base.body),
          signal,
        }),
      ),
    onDone: () => void queries.invalidateQueries({ queryKey: customerOf(id).queryKey }),
  });
  const reload = useCommand({
    isReading: true,
    perform: (_: void, signal) => readCustomer(id, signal),
    onSuccess: (now) => {
      const [before, after, typed] = [
        valuesOf(CHANGE_CUSTOMER, base.body),
        valuesOf(CHANGE_CUSTOMER, now.body),
        controls.getValues(),
      ];
      const own = Object.keys(typed).filter((field) => typed[field] !== before[field]);
      controls.setValues({ ...after, ...Object.fromEntries(own.map((field) => [field, typed[field]!])) });
      controls.clearErrors();
      for (const [field, shape] of FIELDS)
        if (own.includes(field) && before[field] !== after[field] && typed[field] !== after[field]) {
          const value = shown(shape!, now.body[field]);
          controls.setFieldError(field, value === '' ? t('change.otherNothing') : t('change.other', { value }));
        }
      setBase(now);
      forgive();
    },
  });
  const isStale = isProblem(frame.error, 'VERSION_STALE');
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          setBase(read);
          begin();
        }}
      >
        {t('change.action')}
      </Button>
      <FormDialog
        title={t('change.title', { number: customerNumber })}
        size="xl"
        {...frame}
        isIncomplete={isStale}
        error={reload.error ?? (isStale ? null : frame.error)}
      >
        <FormFields form={CHANGE_CUSTOMER} controls={controls} columns={3} />
        {isStale && (
          <Alert color="orange" role="alert" title={t('change.stale')}>
            <Text size="sm">{t('change.staleWhat')}</Text>
            <Group mt="sm">
              <Button size="xs" variant="default" loading={reload.isPending} onClick={() => reload.mutate()}>
                {t('change.reload')}
              </Button>
            </Group>
          </Alert>
        )}
      </FormDialog>
    </>
  );
}

const differences = (typed: Changes, stored: Changes): Changes =>
  Object.fromEntries(
    FIELDS.filter(([field]) => typed[field] !== stored[field]).map(([field]) => [field, typed[field]]),
  );

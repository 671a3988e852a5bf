import { Alert, Button, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { CustomerPicker, type FoundCustomer, nameOf } from '../../ui/customer-picker';
import { FormDialog } from '../../ui/form-dialog';
import { useWords } from '../../words/words';
import type { Customer } from './customer-query';

/** Closes this customer and moves all that it has to another one. */
export function MergeCustomer({ customer: { id, customerNumber } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, { open, close: hide }] = useDisclosure();
  const [into, setInto] = useState<FoundCustomer | null>(null);
  const [confirmation, setConfirmation] = useState('');
  const merge = useCommand({
    perform: (intoCustomerId: string, signal) =>
      answered(
        api.POST('/api/v1/customers/{id}/merge', { params: { path: { id } }, body: { intoCustomerId }, signal }),
      ),
    onSuccess: ({ intoCustomerId }) => {
      hide();
      void queries.invalidateQueries({ queryKey: ['customers'] });
      void navigate(`/customers/${intoCustomerId}`);
    },
  });
  const close = () => {
    merge.reset();
    hide();
  };
  const begin = () => {
    setInto(null);
    setConfirmation('');
    merge.reset();
    open();
  };
  const isSame = into?.id === id;
  return (
    <>
      <Button variant="default" onClick={begin}>
        {t('merge.action')}
      </Button>
      <FormDialog
        title={t('merge.title', { number: customerNumber })}
        action={t('merge.send')}
        size="lg"
        opened={opened}
        isPending={merge.isPending}
        isIncomplete={into === null || isSame || confirmation.trim() !== customerNumber}
        error={merge.error}
        onClose={close}
        onSubmit={(event) => {
          event.preventDefault();
          if (into !== null) merge.mutate(into.id);
        }}
      >
        <Alert color="orange">{t('merge.warning')}</Alert>
        <CustomerPicker label={t('merge.into')} onChoose={setInto} />
        {into !== null && (
          <Text role="status" c={isSame ? 'red' : undefined}>
            {isSame ? t('merge.same') : t('merge.chosen', { number: into.customerNumber, name: nameOf(into) })}
          </Text>
        )}
        <TextInput
          label={t('merge.confirmation', { number: customerNumber })}
          required
          autoComplete="off"
          value={confirmation}
          onChange={({ currentTarget }) => setConfirmation(currentTarget.value)}
        />
      </FormDialog>
    </>
  );
}

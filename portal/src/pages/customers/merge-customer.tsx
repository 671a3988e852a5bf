import { Alert, Button, Loader, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { CustomerPicker, type FoundCustomer, nameOf } from '../../ui/customer-picker';
import { FormDialog } from '../../ui/form-dialog';
import { useWords } from '../../words/words';
import type { Customer } from './customer-query';
import { MergePreview } from './merge-preview';

/** Closes this customer and moves all records to another one, after a preview of both. */
export function MergeCustomer({ customer: { id, customerNumber } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, { open, close: hide }] = useDisclosure();
  const [into, setInto] = useState<FoundCustomer | null>(null);
  const [confirmation, setConfirmation] = useState('');
  const isSame = into?.id === id;
  const preview = useQuery({
    queryKey: ['customers', id, 'merge', into?.id],
    queryFn: () =>
      answered(
        api.POST('/api/v1/customers/{id}/merge/preview', {
          params: { path: { id } },
          body: { intoCustomerId: into!.id },
        }),
      ),
    enabled: opened && into !== null && !isSame,
    staleTime: 0,
    gcTime: 0, // names are not cached
  });
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
  return (
    <>
      <Button variant="default" onClick={begin}>
        {t('merge.action')}
      </Button>
      <FormDialog
        title={t('merge.title', { number: customerNumber })}
        action={t('merge.send')}
        size="xl"
        opened={opened}
        isPending={merge.isPending}
        isIncomplete={into === null || isSame || !preview.isSuccess || confirmation.trim() !== customerNumber}
        error={merge.error ?? preview.error}
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
        {preview.isFetching && <Loader size="sm" aria-label={t('merge.comparison')} />}
        {preview.isSuccess && <MergePreview plan={preview.data} />}
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

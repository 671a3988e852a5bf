import { Alert, Button, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api, type Schemas } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { REASON_CODES, type ReasonCode } from './reason-codes';

interface Props {
  readonly customer: Schemas['CustomerReferenceResponse'];
}

/** Shows whether the customer is under legal hold, with a button to set or lift it. */
export function HoldOfCustomer({ customer }: Props) {
  const { t } = useWords('legalHolds');
  const { time } = useFormats();
  const { customerNumber, anonymizedAt, legalHold } = customer;
  return (
    <Section title={t('customer', { number: customerNumber })}>
      <Alert role="status" color={legalHold ? 'orange' : 'blue'}>
        {anonymizedAt === null
          ? t(legalHold ? 'inForce' : 'notInForce')
          : t('anonymized', { time: time(anonymizedAt) })}
      </Alert>
      {anonymizedAt === null && (legalHold ? <Lift customer={customer} /> : <SetHold customer={customer} />)}
    </Section>
  );
}

/** Refreshes the hold after a change, whether by this request or by another employee. */
function useHoldWritten(customerNumber: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['legal-holds', customerNumber] });
}

function SetHold({ customer: { id, customerNumber } }: Props) {
  const { t } = useWords('legalHolds');
  const written = useHoldWritten(customerNumber);
  const [reasonCode, setReasonCode] = useState<ReasonCode | ''>('');
  const [isAsking, { open, close }] = useDisclosure();
  const set = useCommand({
    perform: (_: void, signal) =>
      answered(
        api.POST('/api/v1/customers/{id}/legal-hold', { params: { path: { id } }, body: { reasonCode }, signal }),
      ),
    onSettled: written,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open();
  };
  return (
    <form onSubmit={submit}>
      <NativeSelect
        label={t('reason')}
        description={t('reasonWhat')}
        required
        maw={420}
        mb="sm"
        value={reasonCode}
        onChange={({ currentTarget }) => setReasonCode(currentTarget.value as ReasonCode)}
      >
        <option value="" disabled>
          {t('common:justification.choose')}
        </option>
        {REASON_CODES.map((code) => (
          <option key={code} value={code}>
            {t(`reasons.${code}`)}
          </option>
        ))}
      </NativeSelect>
      <Button type="submit">{t('set')}</Button>
      <ConfirmDialog title={t('setTitle')} action={t('set')} opened={isAsking} onClose={close} act={set}>
        <Text>{t('setWhat', { number: customerNumber, reason: t(`reasons.${reasonCode || 'OTHER'}`) })}</Text>
      </ConfirmDialog>
    </form>
  );
}

function Lift({ customer: { id, customerNumber } }: Props) {
  const { t } = useWords('legalHolds');
  const written = useHoldWritten(customerNumber);
  const [isAsking, { open, close }] = useDisclosure();
  const lift = useCommand({
    perform: (_: void, signal) =>
      answered(api.DELETE('/api/v1/customers/{id}/legal-hold', { params: { path: { id } }, signal })),
    onSettled: written,
  });
  return (
    <div>
      <Button onClick={open}>{t('lift')}</Button>
      <ConfirmDialog title={t('liftTitle')} action={t('lift')} opened={isAsking} onClose={close} act={lift}>
        <Text>{t('liftWhat', { number: customerNumber })}</Text>
      </ConfirmDialog>
    </div>
  );
}

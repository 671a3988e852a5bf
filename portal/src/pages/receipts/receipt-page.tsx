import './words';
import { Alert, Button, Code, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { answered, api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { Effects } from '../../ui/effects/effects';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { saveFile } from '../../ui/save-file';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

const POLL_INTERVAL_MS = 2_000;

export function ReceiptPage() {
  const { t } = useWords('receipts');
  const { customerId } = useParams();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ByNumber />
      {customerId !== undefined && <Receipt key={customerId} customerId={customerId} />}
    </Page>
  );
}

/** Finds the certificate by customer number. The URL stores the id. */
function ByNumber() {
  const { t } = useWords('receipts');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const find = useCommand({
    isReading: true,
    perform: (customerNumber: string, signal) =>
      answered(
        api.GET('/api/v1/customers/by-number/{customerNumber}', { params: { path: { customerNumber } }, signal }),
      ),
    onSuccess: ({ id }) => navigate(`/receipts/${id}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.mutate(typed.trim());
  };
  return (
    <form onSubmit={submit} className="no-print">
      <Group align="flex-end">
        <TextInput
          label={t('number')}
          required
          value={typed}
          error={find.isError ? t('unknown') : undefined}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={find.isPending}>
          {t('find')}
        </Button>
      </Group>
    </form>
  );
}

function Receipt({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('receipts');
  const { time } = useFormats();
  const receipt = useQuery({
    queryKey: ['receipts', customerId],
    queryFn: () =>
      answered(api.GET('/api/v1/customers/{id}/anonymization-receipt', { params: { path: { id: customerId } } })),
    retry: (_, error) => isProblem(error, 'RECEIPT_NOT_READY'),
    retryDelay: POLL_INTERVAL_MS,
  });
  if (isProblem(receipt.error, 'CUSTOMER_NOT_ANONYMIZED')) return <Alert role="status">{t('notAnonymized')}</Alert>;
  if (isProblem(receipt.failureReason, 'RECEIPT_NOT_READY') && receipt.data === undefined)
    return <Alert role="status">{t('notReady')}</Alert>;
  return (
    <Queried query={receipt}>
      {({ customerNumber, anonymizedAt, reason, reference, runId, effects, entries, checkpoint }) => (
        <>
          <Downloads customerId={customerId} />
          <Facts
            facts={[
              [t('number'), customerNumber],
              [t('anonymizedAt'), time(anonymizedAt)],
              [t('reason'), t(`common:reason.${reason}`)],
              reference === null ? null : [t('reference'), reference],
              [t('run'), runId],
            ]}
          />
          <Section title={t('effects')}>
            <Effects effects={effects} are="done" />
          </Section>
          <Section title={t('entries')}>
            <Text size="sm">{t('entriesWhat', { numbers: entries.map(({ sequence }) => sequence).join(', ') })}</Text>
          </Section>
          <Section title={t('checkpoint')}>
            <Code block tabIndex={0}>
              {checkpoint}
            </Code>
            <Text size="sm">{t('check')}</Text>
          </Section>
        </>
      )}
    </Queried>
  );
}

/** Downloads the certificate. The Accept header, which a plain link cannot set, selects the format. */
function Downloads({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('receipts');
  const download = useCommand({
    isReading: true,
    perform: async ({ accept, language, name }: Download, signal) => {
      const path = `/api/v1/customers/${customerId}/anonymization-receipt${language === null ? '' : `?language=${language}`}`;
      const response = await fetch(path, { headers: { Accept: accept }, signal });
      if (!response.ok) throw new Error('The receipt could not be read');
      saveFile(await response.blob(), name);
    },
  });
  return (
    <Group className="no-print">
      {DOWNLOADS.map((each) => (
        <Button key={each.label} variant="default" loading={download.isPending} onClick={() => download.mutate(each)}>
          {t(each.label)}
        </Button>
      ))}
    </Group>
  );
}

interface Download {
  readonly label: 'downloadPdf' | 'downloadPdfEnglish' | 'downloadJson';
  readonly accept: string;
  readonly language: 'de' | 'en' | null;
  readonly name: string;
}

const DOWNLOADS: readonly Download[] = [
  { label: 'downloadPdf', accept: 'application/pdf', language: 'de', name: 'nachweis.pdf' },
  { label: 'downloadPdfEnglish', accept: 'application/pdf', language: 'en', name: 'receipt.pdf' },
  { label: 'downloadJson', accept: 'application/json', language: null, name: 'receipt.json' },
];

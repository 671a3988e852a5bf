import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { Effects } from '../../ui/effects/effects';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

interface Props {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly result: Schemas['AnonymizeCustomerResponse'];
}

/** The result of an anonymization. The page no longer shows the customer's name. */
export function Outcome({ customerId, customerNumber, result: { outcome, anonymizedAt, effects } }: Props) {
  const { t } = useWords('anonymize');
  const { time } = useFormats();
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => told.current?.focus(), []); // the button that had the focus is gone
  return (
    <>
      <Section title={t('done.section')}>
        <Alert
          ref={told}
          tabIndex={-1}
          color="teal"
          role="status"
          title={t(`done.${outcome}`, { number: customerNumber, time: time(anonymizedAt) })}
        >
          <Stack gap="xs">
            <Text size="sm">{t('done.receiptSoon')}</Text>
            <Group>
              <Button component={Link} to={`/receipts/${customerId}`} size="xs">
                {t('customer.receipt')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      </Section>
      <Section title={t('customer.effectsDone')}>
        <Effects effects={effects} are="done" />
      </Section>
    </>
  );
}

import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { answered, api } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { useEmployee } from '../../session/session';
import { Blockers } from '../../ui/blockers';
import { Effects } from '../../ui/effects/effects';
import { FailurePlace } from '../../ui/failure-place';
import { ProblemAlert } from '../../ui/problem-alert';
import { Warnings } from '../../ui/warnings';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import type { RunItem } from './run-states';

/** Everything that the run stores about one customer, and the customer's current verdict. */
export function ItemDetail({ item }: { readonly item: RunItem }) {
  const { t } = useWords('runs');
  const { date } = useFormats();
  const { role } = useEmployee();
  const { customerId, state, blockers, warnings, effects, failureCode, failure, earliestPossibleOn } = item;
  const isDone = state === 'ANONYMIZED' || state === 'ALREADY_ANONYMIZED';
  return (
    <Stack gap="xs">
      {failureCode !== null && (
        <Text size="sm">
          {t('items.failure', {
            why: t(`common:failureCode.${failureCode}`),
          })}
        </Text>
      )}
      {failure !== null && <FailurePlace place={failure} />}
      {blockers.length > 0 && (
        <>
          <Blockers customerId={customerId} blockers={blockers} />
          <Text size="sm">
            {earliestPossibleOn === null ? t('items.act') : t('items.earliest', { date: date(earliestPossibleOn) })}
          </Text>
        </>
      )}
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      {effects.length > 0 && <Effects effects={effects} are={isDone ? 'done' : 'will'} />}
      {isDone ? (
        <Anchor component={Link} to={`/receipts/${customerId}`} size="sm">
          {t('items.receipt')}
        </Anchor>
      ) : (
        role === 'ADMINISTRATOR' && <JudgedNow item={item} />
      )}
    </Stack>
  );
}

/** Checks the customer now. The verdict stored in the run does not change. */
function JudgedNow({ item: { customerId, customerNumber } }: { readonly item: RunItem }) {
  const { t } = useWords('runs');
  const judge = useCommand({
    isReading: true,
    perform: (_: void, signal) =>
      answered(
        api.POST('/api/v1/customers/{id}/anonymization/preview', { params: { path: { id: customerId } }, signal }),
      ),
  });
  return (
    <>
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('items.againNamed', { number: customerNumber })}
          loading={judge.isPending}
          onClick={() => judge.mutate()}
        >
          {t('items.again')}
        </Button>
        <Anchor component={Link} to={`/anonymize/${customerId}`} size="sm">
          {t('items.openCustomer')}
        </Anchor>
      </Group>
      {judge.isError && <ProblemAlert error={judge.error} />}
      {judge.isSuccess && (
        <Alert role="status" color={judge.data.verdict === 'BLOCKED' ? 'orange' : 'teal'}>
          <Text size="sm">{t(`items.now.${judge.data.verdict}`)}</Text>
          <Blockers customerId={customerId} blockers={judge.data.blockers} />
        </Alert>
      )}
    </>
  );
}

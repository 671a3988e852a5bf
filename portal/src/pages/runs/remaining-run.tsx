import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import type { ItemState } from '../../api/codes';
import { useCommand } from '../../api/use-command';
import { useIdempotencyKey } from '../../ui/idempotency-key';
import { ProblemAlert } from '../../ui/problem-alert';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { hasEnded, type Run } from './run-states';

/** The API's limit for individually listed customers. */
const MAX_CUSTOMERS = 10_000;
const MAX_PAGE_ROWS = 200;

/**
 * Creates a new run for the customers that this run did not anonymize. Each is checked again and can be anonymized if
 * ready.
 */
export function RemainingRun({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { count } = useFormats();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const keyFor = useIdempotencyKey();
  const { counts } = run;
  const states: ItemState[] = hasEnded(run) ? ['READY', 'BLOCKED', 'FAILED', 'CANCELLED'] : ['BLOCKED'];
  const remaining = hasEnded(run) ? counts.ready + counts.blocked + counts.failed + counts.cancelled : counts.blocked;
  const create = useCommand({
    perform: async (_: void, signal) => {
      const customerIds = await customersIn(run.id, states, signal);
      return answered(
        api.POST('/api/v1/anonymization-runs', {
          params: { header: { 'Idempotency-Key': keyFor(customerIds) } },
          body: { customerIds },
          signal,
        }),
      );
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['runs'] });
      await navigate(`/runs/${id}`);
    },
  });
  if (remaining === 0) return null;
  return (
    <div className="no-print">
      {create.isError && <ProblemAlert error={create.error} />}
      <Group>
        <Button variant="default" loading={create.isPending} onClick={() => create.mutate()}>
          {t(hasEnded(run) ? 'remaining.ended' : 'remaining.blocked')}
        </Button>
        {remaining > MAX_CUSTOMERS && <Text size="sm">{t('remaining.capped', { most: count(MAX_CUSTOMERS) })}</Text>}
      </Group>
    </div>
  );
}

async function customersIn(id: string, states: readonly ItemState[], signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for (const state of states) {
    let cursor: string | null = null;
    do {
      const page: { items: readonly { customerId: string }[]; nextCursor: string | null } = await answered(
        api.GET('/api/v1/anonymization-runs/{id}/items', {
          params: { path: { id }, query: { state, limit: MAX_PAGE_ROWS, ...(cursor === null ? {} : { cursor }) } },
          signal,
        }),
      );
      found.push(...page.items.map(({ customerId }) => customerId));
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < MAX_CUSTOMERS);
  }
  return found.slice(0, MAX_CUSTOMERS);
}

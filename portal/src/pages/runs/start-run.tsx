import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api, type Schemas } from '../../api/client';
import type { ProblemCode } from '../../api/codes';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { NotConfirmed, useConfirmed } from '../../session/confirmation';
import { useIdempotencyKey } from '../../ui/idempotency-key';
import { JustificationFields, justified, NO_JUSTIFICATION } from '../../ui/justification';
import { ProblemAlert } from '../../ui/problem-alert';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { RemainingRun } from './remaining-run';
import type { Run } from './run-states';

/** Asks for a reason and for the number of ready customers as confirmation. Nothing is changed before that. */
export function StartRun({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { count } = useFormats();
  const { ready, blocked } = run.counts;
  return (
    <Section title={t('start.section')} className="no-print">
      {ready === 0 ? (
        <Text>{t('start.none')}</Text>
      ) : (
        <>
          <Text>{t('start.what', { count: ready, formatted: count(ready) })}</Text>
          {blocked > 0 && <Text>{t('start.left', { count: blocked, formatted: count(blocked) })}</Text>}
          <StartForm runId={run.id} ready={ready} />
        </>
      )}
      <RemainingRun run={run} />
    </Section>
  );
}

interface FormProps {
  readonly runId: string;
  readonly ready: number;
}

function StartForm({ runId, ready }: FormProps) {
  const { t } = useWords('runs');
  const [justification, setJustification] = useState(NO_JUSTIFICATION);
  const [typed, setTyped] = useState('');
  const start = useStart(runId);
  const justifiedBy = justified(justification);
  const isConfirmed = typed.trim() === String(ready);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (justifiedBy !== null && isConfirmed) start.mutate({ ...justifiedBy, confirmation: ready });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <JustificationFields justification={justification} onChange={setJustification} />
        <Alert color="red" role="note" title={t('start.irreversible')} />
        <TextInput
          label={t('start.confirmation', { ready })}
          inputMode="numeric"
          autoComplete="off"
          required
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {start.isError && <Refusal error={start.error} />}
        <Group>
          <Button type="submit" color="red" disabled={justifiedBy === null || !isConfirmed} loading={start.isPending}>
            {t('start.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useStart(id: string) {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const keyFor = useIdempotencyKey();
  return useCommand({
    perform: (body: Schemas['AnonymizeSelectionRequest'], signal) =>
      confirmed(
        () =>
          answered(
            api.POST('/api/v1/anonymization-runs/{id}/start', {
              params: { path: { id }, header: { 'Idempotency-Key': keyFor(body) } },
              body,
              signal,
            }),
          ),
        signal,
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
}

/** Errors with a text that explains what to do instead. */
const EXPLAINED: Readonly<Partial<Record<ProblemCode, string>>> = {
  FOUR_EYES_REQUIRED: 'start.fourEyes',
  PREVIEW_EXPIRED: 'start.expired',
  CONFIRMATION_MISMATCH: 'start.mismatch',
};

function Refusal({ error }: { readonly error: unknown }) {
  const { t } = useWords('runs');
  if (error instanceof NotConfirmed) return null;
  const explanation = isProblem(error) ? EXPLAINED[error.code] : undefined;
  if (explanation === undefined) return <ProblemAlert error={error} />;
  return (
    <Alert color="orange" role="alert" title={t('common:failure.title')}>
      {t(explanation)}
    </Alert>
  );
}

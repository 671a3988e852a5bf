import { Code, Stack, Text } from '@mantine/core';
import type { Schemas } from '../../api/client';
import { Effects } from '../../ui/effects/effects';
import { Facts } from '../../ui/facts';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

type Effect = Schemas['EffectResponse'];

/** All details of one entry. */
export function EntryDetails({ entry }: { readonly entry: Schemas['AuditEntryResponse'] }) {
  const { t } = useWords('audit');
  const { time } = useFormats();
  const { effects, ...rest } = entry.details as Record<string, unknown>;
  return (
    <Stack>
      <Facts
        facts={[
          [t('action'), t(`actions.${entry.action}`)],
          [t('occurredAt'), time(entry.occurredAt)],
          [t('outcome'), t(`outcomes.${entry.outcome}`)],
          [t('actor'), entry.actorId ?? t('nobody')],
          entry.customerId === null ? null : [t('customerId'), entry.customerId],
          entry.runId === null ? null : [t('run'), entry.runId],
          [t('id'), entry.id],
        ]}
      />
      {Array.isArray(effects) && <Effects effects={effects as Effect[]} are="done" />}
      <Section title={t('details')}>
        {Object.keys(rest).length === 0 ? (
          <Text size="sm">{t('noDetails')}</Text>
        ) : (
          <Code block tabIndex={0}>
            {JSON.stringify(rest, null, 2)}
          </Code>
        )}
      </Section>
    </Stack>
  );
}

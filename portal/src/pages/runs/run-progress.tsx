import { Group, Progress, Text } from '@mantine/core';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import type { Run } from './run-states';

/** The progress of a run, its rate and the remaining time. */
export function RunProgress({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { count, duration } = useFormats();
  const { state, counts, customersPerSecond, estimatedSecondsLeft } = run;
  const done = counts.anonymized + counts.failed + counts.cancelled;
  const total = done + counts.ready;
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return (
    <Section title={t('progress.section')}>
      <Progress value={percent} size="lg" aria-label={t('progress.label')} animated={state === 'RUNNING'} />
      <Group>
        <Text size="sm">{t('progress.done', { done: count(done), total: count(total), percent })}</Text>
        {customersPerSecond !== null && (
          <Text size="sm">{t('progress.rate', { rate: count(customersPerSecond) })}</Text>
        )}
        {estimatedSecondsLeft !== null && counts.ready > 0 && (
          <Text size="sm">{t('progress.left', { duration: duration(estimatedSecondsLeft) })}</Text>
        )}
      </Group>
      <Text size="sm" role="status">
        {state === 'PAUSED' && t('progress.paused')}
        {state === 'CANCELLING' && t('progress.cancelling')}
        {state === 'RUNNING' && counts.ready === 0 && t('progress.completing')}
      </Text>
    </Section>
  );
}

import { Button, List, Text } from '@mantine/core';
import { useEmployee } from '../../session/session';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { RemainingRun } from './remaining-run';
import { ITEM_STATES, type Run } from './run-states';

/** The report of the run, with download, print and follow-up run. */
export function RunReport({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { count } = useFormats();
  const { role } = useEmployee();
  const neverStarted = run.state === 'EXPIRED' && run.startedAt === null;
  const shown = ITEM_STATES.filter(([state, key]) => state !== 'READY' && run.counts[key] > 0);
  return (
    <Section
      title={t('report.section')}
      actions={
        <>
          <Button
            component="a"
            href={`/api/v1/anonymization-runs/${run.id}/report.csv`}
            download
            size="xs"
            variant="default"
          >
            {t('report.download')}
          </Button>
          <Button size="xs" variant="default" onClick={() => window.print()}>
            {t('report.print')}
          </Button>
        </>
      }
    >
      <Text role="status">{t(neverStarted ? 'report.neverStarted' : `report.${run.state}`)}</Text>
      {!neverStarted && (
        <List size="sm">
          {shown.map(([state, key]) => (
            <List.Item key={state}>
              {t(`report.${key}`, { count: run.counts[key], formatted: count(run.counts[key]) })}
            </List.Item>
          ))}
        </List>
      )}
      {role === 'ADMINISTRATOR' && <RemainingRun run={run} />}
    </Section>
  );
}

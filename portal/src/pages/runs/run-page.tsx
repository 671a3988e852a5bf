import './words';
import { Text } from '@mantine/core';
import { useParams } from 'react-router';
import { useEmployee } from '../../session/session';
import { Page } from '../../ui/page';
import { Loading, Queried } from '../../ui/queried';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { RunCounts } from './run-counts';
import { RunFacts } from './run-facts';
import { RunItems } from './run-items';
import { RunProgress } from './run-progress';
import { RunReport } from './run-report';
import { hasEnded, type Run } from './run-states';
import { StartRun } from './start-run';
import { useRun } from './use-run';

export function RunPage() {
  const { runId = '' } = useParams();
  return <ShownRun key={runId} runId={runId} />;
}

function ShownRun({ runId }: { readonly runId: string }) {
  const { t } = useWords('runs');
  const { time } = useFormats();
  const query = useRun(runId);
  return (
    <Page
      title={query.data === undefined ? t('run.titleUnknown') : t('run.title', { time: time(query.data.createdAt) })}
    >
      <Queried query={query}>{(run) => <RunParts run={run} />}</Queried>
    </Page>
  );
}

/** The parts of the page, depending on the state of the run. */
function RunParts({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { role } = useEmployee();
  if (run.state === 'PREVIEWING')
    return (
      <>
        <RunFacts run={run} />
        <Text role="status">{t('run.previewing')}</Text>
        <Loading />
      </>
    );
  return (
    <>
      <RunFacts run={run} />
      {hasEnded(run) && <RunReport run={run} />}
      {['RUNNING', 'PAUSED', 'CANCELLING'].includes(run.state) && <RunProgress run={run} />}
      <RunCounts run={run} />
      {run.state === 'PREVIEWED' && role === 'ADMINISTRATOR' && <StartRun run={run} />}
      <RunItems run={run} />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { useEmployee } from '../../session/session';
import { type Fact, Facts } from '../../ui/facts';
import { Section } from '../../ui/section';
import { RunStateBadge } from '../../ui/state-badge';
import { Warnings } from '../../ui/warnings';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { RunControls } from './run-controls';
import type { Run } from './run-states';

export function RunFacts({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { time } = useFormats();
  const nameOf = useEmployeeNames();
  const fact = (name: string, content: string | null): Fact => (content === null ? null : [t(`run.${name}`), content]);
  const moment = (name: string, instant: string | null) => fact(name, instant && time(instant));
  const person = (name: string, id: string | null) => fact(name, id && nameOf(id));
  return (
    <Section title={t('run.facts')} actions={<RunControls run={run} />}>
      <Facts
        facts={[
          [t('run.state'), <RunStateBadge key="state" state={run.state} />],
          fact('kind', t(`kind.${run.kind}`)),
          person('createdBy', run.createdBy),
          moment('createdAt', run.createdAt),
          person('startedBy', run.startedBy),
          moment('startedAt', run.startedAt),
          moment('finishedAt', run.finishedAt),
          fact('reason', run.reason && t([`common:reason.${run.reason}`, 'common:reason.OTHER'])),
          fact('reference', run.reference),
        ]}
      />
      {run.warnings.length > 0 && <Warnings warnings={run.warnings} />}
    </Section>
  );
}

/** Names of employees by id. Only administrators may read the names; others see the id, as in the audit log. */
function useEmployeeNames(): (id: string) => string {
  const { t } = useWords('runs');
  const me = useEmployee();
  const employees = useQuery({
    queryKey: ['employees', 'names'],
    queryFn: async () => {
      const { items } = await answered(api.GET('/api/v1/employees'));
      return Object.fromEntries(items.map(({ id, displayName }) => [id, displayName]));
    },
    enabled: me.role === 'ADMINISTRATOR',
  });
  return (id) => (id === me.id ? t('run.you', { name: me.displayName }) : (employees.data?.[id] ?? id));
}

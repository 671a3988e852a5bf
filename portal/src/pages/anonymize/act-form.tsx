import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { JustificationFields, justified, NO_JUSTIFICATION } from '../../ui/justification';
import { ProblemAlert } from '../../ui/problem-alert';
import { Section } from '../../ui/section';
import { useWords } from '../../words/words';
import type { Anonymization } from './use-anonymization';

interface Props {
  readonly customerNumber: string;
  readonly anonymization: Anonymization;
}

/** Asks for a reason and a confirmation. The button is disabled until the customer number is typed. */
export function ActForm({ customerNumber, anonymization }: Props) {
  const { t } = useWords('anonymize');
  const [justification, setJustification] = useState(NO_JUSTIFICATION);
  const [typed, setTyped] = useState('');
  const justifiedBy = justified(justification);
  const isConfirmed = typed.trim() === customerNumber;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (justifiedBy !== null && isConfirmed) anonymization.perform({ ...justifiedBy, confirmation: customerNumber });
  };
  return (
    <Section title={t('act.section')} className="no-print">
      <form onSubmit={submit}>
        <Stack>
          <JustificationFields justification={justification} onChange={setJustification} />
          <Alert color="red" role="note" title={t('act.irreversible')}>
            <Text size="sm">{t('act.irreversibleWhy')}</Text>
          </Alert>
          <TextInput
            label={t('act.confirmation', { number: customerNumber })}
            autoComplete="off"
            required
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {anonymization.error !== null && <ProblemAlert error={anonymization.error} />}
          <Group>
            <Button
              type="submit"
              color="red"
              disabled={justifiedBy === null || !isConfirmed}
              loading={anonymization.isPending}
            >
              {t('act.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

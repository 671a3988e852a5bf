import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { Blockers } from '../../ui/blockers';
import { Effects } from '../../ui/effects/effects';
import { Section } from '../../ui/section';
import { Warnings } from '../../ui/warnings';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

interface Props {
  readonly verdict: Schemas['VerdictResponse'];
  /** the blockers of a refused anonymization; null if it was not refused */
  readonly refusal: readonly Schemas['BlockerResponse'][] | null;
  readonly isJudging: boolean;
  readonly onJudgeAgain: () => void;
}

/** The verdict on the customer: ready or blocked, with blockers and effects. */
export function VerdictOf({ verdict, refusal, isJudging, onJudgeAgain }: Props) {
  const { t } = useWords('anonymize');
  const { date } = useFormats();
  const { customerId, earliestPossibleOn, effects, warnings } = verdict;
  const blockers = refusal ?? verdict.blockers;
  const isBlocked = refusal !== null || verdict.verdict === 'BLOCKED';
  const isDone = verdict.verdict === 'ALREADY_ANONYMIZED';
  const blockedAlert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal !== null) blockedAlert.current?.focus(); // the submitted form, which had the focus, is gone
  }, [refusal]);
  const judgeAgain = (
    <Button size="xs" variant="default" loading={isJudging} onClick={onJudgeAgain}>
      {t('customer.again')}
    </Button>
  );
  return (
    <>
      <Section title={t('customer.verdict')} actions={isDone ? undefined : judgeAgain}>
        {isDone && (
          <Alert color="gray" role="status" title={t('customer.already')}>
            <Group>
              <Button component={Link} to={`/receipts/${customerId}`} size="xs" variant="default">
                {t('customer.receipt')}
              </Button>
            </Group>
          </Alert>
        )}
        {isBlocked && (
          <Alert ref={blockedAlert} tabIndex={-1} color="orange" role="status" title={t('customer.blocked')}>
            <Stack gap="xs">
              {refusal !== null && <Text size="sm">{t('customer.refused')}</Text>}
              <Blockers customerId={customerId} blockers={blockers} />
              {verdict.verdict === 'BLOCKED' && (
                <Text size="sm">
                  {earliestPossibleOn === null
                    ? t('customer.act')
                    : t('customer.earliest', { date: date(earliestPossibleOn) })}
                </Text>
              )}
            </Stack>
          </Alert>
        )}
        {!isDone && !isBlocked && <Alert color="teal" role="status" title={t('customer.ready')} />}
      </Section>
      {warnings.length > 0 && (
        <Section title={t('customer.warnings')}>
          <Warnings warnings={warnings} />
        </Section>
      )}
      <Section title={t(`customer.${isDone ? 'effectsDone' : isBlocked ? 'effectsBlocked' : 'effects'}`)}>
        <Effects effects={effects} are={isDone ? 'done' : 'will'} />
      </Section>
    </>
  );
}

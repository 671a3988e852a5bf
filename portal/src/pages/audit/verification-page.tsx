import './words';
import { Alert, Button, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

/** Verifies that the log matches its signatures, and shows the signed checkpoint to keep elsewhere. */
export function VerificationPage() {
  const { t } = useWords('audit');
  const { count, time } = useFormats();
  const verification = useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: () => answered(api.GET('/api/v1/audit/verification')),
    staleTime: Infinity, // reads the whole log, so it runs only on request
  });
  const again = (
    <Button loading={verification.isFetching} onClick={() => void verification.refetch()}>
      {t('verification.again')}
    </Button>
  );
  return (
    <Page title={t('verification.title')} lead={t('verification.lead')} actions={again}>
      <Section title={t('verification.result')}>
        <Queried query={verification}>
          {({ valid, entries, firstBrokenSequence, problem }) => (
            <>
              <Alert color={valid ? 'green' : 'red'} role="status">
                <Text fw={600}>{t(valid ? 'verification.sound' : 'verification.broken')}</Text>
                {problem !== null && <Text size="sm">{t(`verification.problems.${problem}`)}</Text>}
                {firstBrokenSequence !== null && (
                  <Text size="sm">{t('verification.first', { sequence: count(firstBrokenSequence) })}</Text>
                )}
              </Alert>
              <Facts
                facts={[
                  [t('verification.entries'), count(entries)],
                  [t('verification.checkedAt'), time(new Date(verification.dataUpdatedAt).toISOString())],
                ]}
              />
            </>
          )}
        </Queried>
      </Section>
      <Checkpoint />
    </Page>
  );
}

function Checkpoint() {
  const { t } = useWords('audit');
  const { count } = useFormats();
  const checkpoint = useQuery({
    queryKey: ['audit', 'checkpoint'],
    queryFn: async () => {
      try {
        return await answered(api.GET('/api/v1/audit/checkpoint'));
      } catch (error) {
        if (isProblem(error, 'AUDIT_CHECKPOINT_NOT_FOUND')) return null;
        throw error;
      }
    },
  });
  return (
    <Section title={t('verification.checkpoint')}>
      <Text size="sm">{t('verification.checkpointWhat')}</Text>
      <Queried query={checkpoint}>
        {(signed) =>
          signed === null ? (
            <Text>{t('verification.noCheckpoint')}</Text>
          ) : (
            <>
              <Facts
                facts={[
                  [t('verification.size'), count(signed.size)],
                  [t('verification.origin'), signed.origin],
                  [t('verification.root'), signed.root],
                ]}
              />
              <Text size="sm">{t('verification.keys')}</Text>
              <Code block tabIndex={0}>
                {signed.verifierKeys.join('\n')}
              </Code>
              <div>
                <Button
                  component="a"
                  variant="default"
                  href={`data:text/plain;charset=utf-8,${encodeURIComponent(signed.note)}`}
                  download={`checkpoint-${signed.size}.txt`}
                >
                  {t('verification.download')}
                </Button>
              </div>
            </>
          )
        }
      </Queried>
    </Section>
  );
}

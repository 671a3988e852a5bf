import { Alert, Button, Group, Text } from '@mantine/core';
import { isProblem } from '../api/problem';
import { useWords } from '../words/words';
import { FailurePlace, placeIn } from './failure-place';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** The text of a problem by its code, in the reader's language. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t, i18n } = useWords();
  const { correlationId: correlation, failureCode, failure } = isProblem(error) ? error.document : {};
  const key = isProblem(error) ? `common:problem.${error.code}` : '';
  const why = `common:failureCode.${String(failureCode)}`; // more precise than the problem code
  const place = placeIn(failure);
  return (
    <Alert color="red" variant="light" title={t('common:failure.title')} role="alert">
      <Text size="sm">{t([why, key].find((each) => i18n.exists(each)) ?? 'common:failure.unexpected')}</Text>
      {place !== null && <FailurePlace place={place} />}
      {isProblem(error) && error.isUncertain && <Text size="sm">{t('common:failure.uncertain')}</Text>}
      {typeof correlation === 'string' && (
        <Text size="xs" mt={4}>
          {t('common:failure.correlation', { id: correlation })}
        </Text>
      )}
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common:action.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

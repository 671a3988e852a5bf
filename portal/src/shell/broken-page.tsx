import { Button } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Page } from '../ui/page';
import { ProblemAlert } from '../ui/problem-alert';
import { useWords } from '../words/words';

/**
 * Shown if a page could not be loaded or rendered. After an update its file may be gone; reloading the browser fetches
 * the new one.
 */
export function BrokenPage() {
  const { t } = useWords();
  return (
    <Page title={t('failure.title')} actions={<Button onClick={() => location.reload()}>{t('action.retry')}</Button>}>
      <ProblemAlert error={useRouteError()} />
    </Page>
  );
}

import { Text } from '@mantine/core';
import { Page } from '../ui/page';
import { useWords } from '../words/words';

export function NotFoundPage() {
  const { t } = useWords();
  return (
    <Page title={t('failure.page')}>
      <Text>{t('failure.pageWhy')}</Text>
    </Page>
  );
}

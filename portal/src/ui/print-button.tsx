import { Button } from '@mantine/core';
import { useWords } from '../words/words';

export function PrintButton() {
  const { t } = useWords();
  return (
    <Button variant="default" onClick={() => print()}>
      {t('action.print')}
    </Button>
  );
}

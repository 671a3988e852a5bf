import { List } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useFormats } from '../words/formats';
import { useWords } from '../words/words';

/** What the operator should know; none of it stops the act. */
export function Warnings({ warnings }: { readonly warnings: readonly Schemas['WarningResponse'][] }) {
  const { t } = useWords();
  const { date } = useFormats();
  return (
    <List size="sm">
      {warnings.map(({ code, count, until }) => (
        <List.Item key={code}>
          {t([`warning.${code}`, 'warning.unknown'], { count, code })}
          {until !== undefined && ` (${t('warning.until', { date: date(until) })})`}
        </List.Item>
      ))}
    </List>
  );
}

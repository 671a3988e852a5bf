import { List, Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useFormats } from '../words/formats';
import { useWords } from '../words/words';

/** Warnings for the employee; none of them prevents the anonymization. */
export function Warnings({ warnings }: { readonly warnings: readonly Schemas['WarningResponse'][] }) {
  const { t } = useWords();
  const { date } = useFormats();
  // by id, because the number or name is the subject of the warning
  const nameOf = ({ recordType, recordId }: Schemas['WarnedRecordResponse']) =>
    `${t(`recordType.${recordType}`)} ${recordId}`;
  return (
    <List size="sm">
      {warnings.map(({ code, module, count, until, records = [] }) => (
        <List.Item key={`${module} ${code}`}>
          {t(`warning.${code}`, { count })}
          {until !== undefined && ` (${t('warningUntil', { date: date(until) })})`}
          {records.length > 0 && (
            <Text span size="sm" c="dimmed">
              : {records.map((record) => nameOf(record)).join(', ')}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}

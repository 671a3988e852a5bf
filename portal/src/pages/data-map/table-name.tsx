import { Code } from '@mantine/core';
import { useWords } from '../../words/words';

/** A table's description and its name in the database. */
export function TableName({ of }: { readonly of: string }) {
  const { t } = useWords('dataMap');
  const name = t([`tables.${of.replace('.', '_')}`, 'tables.unknown']);
  return (
    <>
      {name} <Code>{of}</Code>
    </>
  );
}

import '../../ui/tables/words';
import { Code } from '@mantine/core';
import { useWords } from '../../words/words';

/** A table's description and its name in the database. */
export function TableName({ of }: { readonly of: string }) {
  const { t } = useWords('tables');
  const name = t([`name.${of.replace('.', '_')}`, 'name.unknown']);
  return (
    <>
      {name} <Code>{of}</Code>
    </>
  );
}

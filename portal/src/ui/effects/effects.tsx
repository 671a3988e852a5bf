import './words';
import { List, SimpleGrid, Text, Title } from '@mantine/core';
import type { Schemas } from '../../api/client';
import { useWords } from '../../words/words';
import { GROUNDS } from './grounds';

type Effect = Schemas['EffectResponse'];

interface Props {
  readonly effects: readonly Effect[];
  /** whether the effects have happened or would happen */
  readonly are: 'done' | 'will';
  /** level of the headings, one below that of the enclosing section */
  readonly order?: 3 | 4;
}

/** Ordered from erased to kept. */
const TREATMENTS: readonly Effect['treatment'][] = ['ERASE_ROWS', 'ERASE', 'REPLACE', 'REDACT', 'SEAL', 'KEEP'];

const MODULES = ['customer', 'finance', 'device', 'loyalty', 'archive', 'selection'];

/** The effects on a customer's records by module, with the reason for records that are kept. */
export function Effects({ effects, are, order = 3 }: Props) {
  const { t } = useWords('effects');
  const told = inOrder(effects.filter(({ rows }) => rows > 0));
  const modules = [...new Set([...MODULES, ...told.map(({ module }) => module)])];
  if (told.length === 0) return <Text c="dimmed">{t('none')}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {modules.map((module) => {
        const ofModule = told.filter((effect) => effect.module === module);
        if (ofModule.length === 0) return null;
        return (
          <div key={module}>
            <Title order={order} size="h6">
              {t([`common:module.${module}`, 'common:state.none'])}
            </Title>
            <List size="sm">
              {ofModule.map((effect) => (
                <List.Item key={`${effect.table} ${effect.treatment} ${effect.reason}`}>
                  <Sentence effect={effect} are={are} />
                </List.Item>
              ))}
            </List>
          </div>
        );
      })}
    </SimpleGrid>
  );
}

/** Groups effects by kind of record, each ordered from erased to kept. */
function inOrder(effects: readonly Effect[]): Effect[] {
  const tables = [...new Set(effects.map(({ table }) => table))];
  const place = ({ table, treatment }: Effect) =>
    tables.indexOf(table) * TREATMENTS.length + TREATMENTS.indexOf(treatment);
  return effects.toSorted((one, other) => place(one) - place(other));
}

function Sentence({
  effect: { table, treatment, rows, reason },
  are,
}: Pick<Props, 'are'> & { readonly effect: Effect }) {
  const { t } = useWords('effects');
  const records = t([`table.${table}`, 'table.unknown'], { count: rows, table });
  const grounds = reason?.split('; ').map((ground) => (ground in GROUNDS ? t(`ground.${GROUNDS[ground]}`) : ground));
  return (
    <>
      {t(`${are}.${treatment}`, { count: rows, records })}
      {grounds !== undefined && (
        <Text span size="sm" c="dimmed">
          : {grounds.join('; ')}
        </Text>
      )}
    </>
  );
}

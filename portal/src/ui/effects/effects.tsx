import './words';
import { List, SimpleGrid, Text, Title } from '@mantine/core';
import type { Schemas } from '../../api/client';
import { codesOf, type Treatment } from '../../api/codes';
import { de } from '../../words/de';
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

/** Positions in the list, from erased to kept. */
const POSITION: Readonly<Record<Treatment, number>> = {
  ERASE_ROWS: 0,
  ERASE: 1,
  REPLACE: 2,
  REDACT: 3,
  SEAL: 4,
  KEEP: 5,
};

const MODULES = codesOf(de.module);

/** The known modules in order, then those of certificates from before a module was renamed. */
const modulesOf = (effects: readonly Effect[]) => [...new Set([...MODULES, ...effects.map(({ module }) => module)])];

/** The effects on a customer's records by module, with the reason for records that are kept. */
export function Effects({ effects, are, order = 3 }: Props) {
  const { t } = useWords('effects');
  const shown = inOrder(effects.filter(({ rows }) => rows > 0));
  if (shown.length === 0) return <Text c="dimmed">{t('none')}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {modulesOf(shown).map((module) => {
        const ofModule = shown.filter((effect) => effect.module === module);
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
  return effects.toSorted(
    (one, other) =>
      tables.indexOf(one.table) - tables.indexOf(other.table) || POSITION[one.treatment] - POSITION[other.treatment],
  );
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

import { Button, ColorSwatch, Group, Progress } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { Section } from '../../ui/section';
import { ITEM_COLORS } from '../../ui/state-badge';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { ITEM_STATES, type Run } from './run-states';

/** The run's customers by state, as a bar and as counts. A click on a count filters the table below. */
export function RunCounts({ run: { counts } }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { count } = useFormats();
  const [search, setSearch] = useSearchParams();
  const filter = search.get('state');
  const choose = (state: string | null) => setSearch(state === null ? {} : { state }, { replace: true });
  const present = ITEM_STATES.filter(([, key]) => counts[key] > 0);
  const name = (state: string) => t(`common:itemState.${state}`);
  return (
    <Section title={t('counts.section')}>
      <Progress.Root size={20} role="img" aria-label={t('counts.bar')}>
        {present.map(([state, key]) => (
          <Progress.Section
            key={state}
            value={(100 * counts[key]) / counts.total}
            color={ITEM_COLORS[state]}
            withAria={false}
            title={t('counts.part', { state: name(state), count: counts[key], total: counts.total })}
          />
        ))}
      </Progress.Root>
      <Group gap="xs" role="group" aria-label={t('filter.items')}>
        <Filter
          isChosen={filter === null}
          onChoose={() => choose(null)}
          text={`${t('counts.all')} ${count(counts.total)}`}
        />
        {present.map(([state, key]) => (
          <Filter
            key={state}
            isChosen={filter === state}
            onChoose={() => choose(state)}
            text={`${name(state)} ${count(counts[key])}`}
            color={ITEM_COLORS[state]}
          />
        ))}
      </Group>
    </Section>
  );
}

interface FilterProps {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly text: string;
  readonly color?: string;
}

function Filter({ isChosen, onChoose, text, color }: FilterProps) {
  return (
    <Button
      size="xs"
      variant={isChosen ? 'filled' : 'default'}
      aria-pressed={isChosen}
      onClick={onChoose}
      leftSection={color && <ColorSwatch color={color} size={10} aria-hidden />}
    >
      {text}
    </Button>
  );
}

import { Badge, ColorSwatch } from '@mantine/core';
import type { ItemState, RunState } from '../api/codes';
import { useWords } from '../words/words';

export const ITEM_COLORS: Readonly<Record<ItemState, string>> = {
  READY: 'var(--mantine-color-cyan-7)',
  BLOCKED: 'var(--mantine-color-orange-6)',
  ALREADY_ANONYMIZED: 'var(--mantine-color-gray-5)',
  ANONYMIZED: 'var(--mantine-color-teal-7)',
  FAILED: 'var(--mantine-color-red-7)',
  CANCELLED: 'var(--mantine-color-gray-7)',
};

const RUN_COLORS: Readonly<Record<RunState, string>> = {
  PREVIEWING: 'var(--mantine-color-cyan-4)',
  PREVIEWED: 'var(--mantine-color-cyan-7)',
  RUNNING: 'var(--mantine-color-blue-7)',
  PAUSED: 'var(--mantine-color-yellow-6)',
  CANCELLING: 'var(--mantine-color-gray-6)',
  CANCELLED: 'var(--mantine-color-gray-7)',
  COMPLETED: 'var(--mantine-color-teal-7)',
  EXPIRED: 'var(--mantine-color-gray-5)',
};

export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useWords();
  return <StateBadge color={RUN_COLORS[state]} name={t(`runState.${state}`)} />;
}

export function ItemStateBadge({ state }: { readonly state: ItemState }) {
  const { t } = useWords();
  return <StateBadge color={ITEM_COLORS[state]} name={t(`itemState.${state}`)} />;
}

/** The colour only repeats the meaning of the text. */
function StateBadge({ color, name }: { readonly color: string; readonly name: string }) {
  return (
    <Badge variant="default" tt="none" fw={500} leftSection={<ColorSwatch color={color} size={10} aria-hidden />}>
      {name}
    </Badge>
  );
}

import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { ProblemAlert } from './problem-alert';

interface Props {
  readonly title: string;
  /** label of the confirming button */
  readonly action: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly act: {
    readonly mutate: () => void;
    /** aborts the command */
    readonly reset: () => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly children: ReactNode;
}

/** Asks for confirmation before a change with visible effects. */
export function ConfirmDialog({ title, action, opened, onClose, act, children }: Props) {
  const { t } = useWords();
  const giveUp = () => {
    act.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={giveUp} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        {children}
        {act.error !== null && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={giveUp}>
            {t('action.cancel')}
          </Button>
          <Button data-autofocus loading={act.isPending} onClick={() => act.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

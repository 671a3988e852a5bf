import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { NotConfirmed, useConfirmed } from '../../session/confirmation';
import { useEmployee } from '../../session/session';
import { ProblemAlert } from '../../ui/problem-alert';
import { useWords } from '../../words/words';
import type { Run } from './run-states';

type Action = 'pause' | 'resume' | 'cancel';

/** The available actions by state. */
const ACTIONS: Readonly<Partial<Record<Run['state'], readonly Action[]>>> = {
  PREVIEWING: ['cancel'],
  PREVIEWED: ['cancel'],
  RUNNING: ['pause', 'cancel'],
  PAUSED: ['resume', 'cancel'],
};

/** Pause, resume and cancel. Cancelling asks for confirmation, because a cancelled run cannot be resumed. */
export function RunControls({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const { role } = useEmployee();
  const [asksToCancel, { open, close }] = useDisclosure();
  const control = useControl(run.id);
  const actions = role === 'ADMINISTRATOR' ? (ACTIONS[run.state] ?? []) : [];
  const button = (action: Action) => (
    <Button
      key={action}
      size="xs"
      variant="default"
      loading={control.isPending && control.variables === action}
      disabled={control.isPending}
      onClick={() => (action === 'cancel' ? open() : control.mutate(action))}
    >
      {t(`control.${action}`)}
    </Button>
  );
  return (
    <>
      {control.isError && !(control.error instanceof NotConfirmed) && <ProblemAlert error={control.error} />}
      {actions.map(button)}
      <Modal
        opened={asksToCancel && actions.includes('cancel')}
        onClose={close}
        title={t('control.cancelTitle')}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <Stack>
          <Text>{t('control.cancelWhat')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('control.keep')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                close();
                control.mutate('cancel');
              }}
            >
              {t('control.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function useControl(id: string) {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const params = { path: { id } };
  const calls: Readonly<Record<Action, (signal: AbortSignal) => Promise<unknown>>> = {
    pause: (signal) => answered(api.POST('/api/v1/anonymization-runs/{id}/pause', { params, signal })),
    resume: (signal) =>
      confirmed(() => answered(api.POST('/api/v1/anonymization-runs/{id}/resume', { params, signal })), signal),
    cancel: (signal) => answered(api.POST('/api/v1/anonymization-runs/{id}/cancel', { params, signal })),
  };
  return useCommand({
    perform: (action: Action, signal) => calls[action](signal),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
}

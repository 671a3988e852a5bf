import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { ProblemAlert } from '../../ui/problem-alert';
import { useWords } from '../../words/words';

interface Props {
  readonly action: string;
  /** of the record */
  readonly number: string;
  readonly perform: () => Promise<unknown>;
  readonly onSettled: () => void;
}

/** Settles a record after asking once more: it is booked, and nobody takes it back from here. */
export function Settle({ action, number, perform, onSettled }: Props) {
  const { t } = useWords('customers');
  const [isAsking, { open, close }] = useDisclosure();
  const settle = useMutation({
    mutationFn: perform,
    onSuccess: () => {
      close();
      onSettled();
    },
  });
  return (
    <>
      <Button size="xs" variant="default" aria-label={t('actions.of', { action, number })} onClick={open}>
        {action}
      </Button>
      <Modal
        opened={isAsking}
        onClose={close}
        title={t('actions.sure')}
        closeButtonProps={{ 'aria-label': t('common:action.close') }}
      >
        <Stack>
          <Text>{t('actions.what', { action, number })}</Text>
          {settle.isError && <ProblemAlert error={settle.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:action.cancel')}
            </Button>
            <Button data-autofocus loading={settle.isPending} onClick={() => settle.mutate()}>
              {action}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../words/words';
import { ProblemAlert } from './problem-alert';

interface Props {
  readonly title: string;
  /** label of the submit button; default: save */
  readonly action?: string;
  readonly opened: boolean;
  readonly isPending: boolean;
  /** whether required input is missing that the browser does not check */
  readonly isIncomplete?: boolean;
  /** an error that belongs to no field */
  readonly error: Error | null;
  readonly size?: ModalProps['size'];
  readonly onClose: () => void;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly children: ReactNode;
}

/** A dialog with a form. Clicking outside does not discard the input. */
export function FormDialog({
  title,
  action,
  opened,
  isPending,
  isIncomplete,
  error,
  size,
  onClose,
  onSubmit,
  children,
}: Props) {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={onSubmit}>
        <Stack>
          {error !== null && <ProblemAlert error={error} />}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" data-autofocus loading={isPending} disabled={isIncomplete}>
              {action ?? t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

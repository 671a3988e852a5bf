import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ProblemAlert } from '../../ui/problem-alert';
import { useWords } from '../../words/words';

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly isPending: boolean;
  /** what no field can tell */
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly children: ReactNode;
}

/** The frame of the forms about an employee. */
export function EmployeeDialog({ title, opened, isPending, error, onClose, onSubmit, children }: Props) {
  const { t } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={onSubmit}>
        <Stack>
          {error !== null && <ProblemAlert error={error} />}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import './password-words';
import { Alert, Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { answered, api } from '../api/client';
import { isProblem } from '../api/problem';
import { useCommand } from '../api/use-command';
import { ProblemAlert } from '../ui/problem-alert';
import { useWords } from '../words/words';

const MIN_PASSWORD_CHARACTERS = 8;

/** Changes the employee's own password. All other sessions of the employee end; this one continues. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords('password');
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      next: ({ length }) => (length < MIN_PASSWORD_CHARACTERS ? t('short') : null),
      again: (again, { next }) => (again === next ? null : t('differs')),
    },
  });
  const change = useCommand({
    perform: ({ current, next }: { current: string; next: string }, signal) =>
      answered(api.POST('/api/v1/auth/password', { body: { current, next }, signal })),
    onSuccess: () => form.reset(),
    onError: (error) => {
      if (isProblem(error, 'INVALID_CREDENTIALS')) form.setFieldError('current', t('wrong'));
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('common:action.close') }}>
      {change.isSuccess ? (
        <Stack>
          <Alert color="green" role="status">
            {t('changed')}
          </Alert>
          <Group justify="flex-end">
            <Button autoFocus onClick={onClose}>
              {t('common:action.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((typed) => change.mutate(typed))}>
          <Stack>
            {change.isError && !isProblem(change.error, 'INVALID_CREDENTIALS') && <ProblemAlert error={change.error} />}
            <PasswordInput
              label={t('current')}
              autoComplete="current-password"
              data-autofocus
              required
              maxLength={200}
              {...form.getInputProps('current')}
            />
            <PasswordInput
              label={t('next')}
              description={t('nextWhat')}
              autoComplete="new-password"
              required
              maxLength={200}
              {...form.getInputProps('next')}
            />
            <PasswordInput
              label={t('again')}
              autoComplete="new-password"
              required
              maxLength={200}
              {...form.getInputProps('again')}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:action.cancel')}
              </Button>
              <Button type="submit" loading={change.isPending}>
                {t('change')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

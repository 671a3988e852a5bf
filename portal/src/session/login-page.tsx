import { Alert, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useCommand } from '../api/use-command';
import { useForm } from '@mantine/form';
import { ProblemAlert } from '../ui/problem-alert';
import { useTitle } from '../ui/use-title';
import { useWords } from '../words/words';
import { useSession } from './session';

/** Replaces any page until sign-in. The URL is kept, so that deep links work. */
export function LoginPage({ hasEnded }: { readonly hasEnded: boolean }) {
  const { t } = useWords();
  const { logIn } = useSession();
  useTitle(t('session.title'));
  const form = useForm({ initialValues: { username: '', password: '' } });
  const login = useCommand({
    perform: ({ username, password }: { username: string; password: string }, signal) =>
      logIn(username, password, signal),
    onError: () => form.setFieldValue('password', ''),
  });
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder shadow="sm" p="xl" w={380} maw="100%">
        <form onSubmit={form.onSubmit((values) => login.mutate(values))}>
          <Stack>
            <Title order={1} size="h2">
              {t('product')}
            </Title>
            {hasEnded && login.isIdle && <Alert color="blue">{t('session.ended')}</Alert>}
            {login.isError && <ProblemAlert error={login.error} />}
            <TextInput
              label={t('session.username')}
              autoComplete="username"
              autoFocus
              required
              {...form.getInputProps('username')}
            />
            <PasswordInput
              label={t('session.password')}
              autoComplete="current-password"
              required
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={login.isPending}>
              {t('session.logIn')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from 'react';
import { isProblem } from '../api/problem';
import { useCommand } from '../api/use-command';
import { ProblemAlert } from '../ui/problem-alert';
import { useWords } from '../words/words';
import { useSession } from './session';

/** Makes a call with a password prompt if needed. After an abort it neither prompts nor makes the call. */
type Confirmed = <Result>(act: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

const ConfirmationContext = createContext<Confirmed | null>(null);

/** The password was not entered, so the call was not made. */
export class NotConfirmed extends Error {}

interface Asked {
  readonly resolve: () => void;
  readonly reject: (reason: NotConfirmed) => void;
}

/** Prompts for the password if the API requires it again, and then repeats the call. */
export function ConfirmationProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const confirmed: Confirmed = useCallback(async (act, signal) => {
    try {
      return await act();
    } catch (error) {
      if (!isProblem(error, 'REAUTHENTICATION_REQUIRED')) throw error;
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          setAsked(null);
          reject(new NotConfirmed());
        };
        if (signal.aborted) return giveUp();
        signal.addEventListener('abort', giveUp);
        setAsked({ resolve, reject });
      });
      return act();
    }
  }, []);
  const answer = (settle: (asked: Asked) => void) => {
    if (asked !== null) settle(asked);
    setAsked(null);
  };
  return (
    <ConfirmationContext value={confirmed}>
      {children}
      {asked !== null && (
        <PasswordDialog
          onConfirmed={() => answer(({ resolve }) => resolve())}
          onCancelled={() => answer(({ reject }) => reject(new NotConfirmed()))}
        />
      )}
    </ConfirmationContext>
  );
}

/** Wraps a call for which the API may require the password again. */
export function useConfirmed(): Confirmed {
  const confirmed = useContext(ConfirmationContext);
  if (confirmed === null) throw new Error('Outside of ConfirmationProvider');
  return confirmed;
}

interface DialogProps {
  readonly onConfirmed: () => void;
  readonly onCancelled: () => void;
}

function PasswordDialog({ onConfirmed, onCancelled }: DialogProps) {
  const { t } = useWords();
  const { confirm } = useSession();
  const [password, setPassword] = useState('');
  const confirmation = useCommand({ perform: confirm, onSuccess: onConfirmed, onError: () => setPassword('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirmation.mutate(password);
  };
  return (
    <Modal
      opened
      onClose={onCancelled}
      title={t('session.confirmTitle')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text>{t('session.confirmWhy')}</Text>
          {confirmation.isError && <ProblemAlert error={confirmation.error} />}
          <PasswordInput
            label={t('session.password')}
            autoComplete="current-password"
            data-autofocus
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancelled}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={confirmation.isPending}>
              {t('session.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

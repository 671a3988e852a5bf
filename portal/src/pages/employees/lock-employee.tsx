import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { answered, api, type Schemas } from '../../api/client';
import { useCommand } from '../../api/use-command';
import { useEmployee } from '../../session/session';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { useWords } from '../../words/words';
import { useEmployeeWritten } from './use-employee-written';

/** Employees are locked and never deleted, so that their actions stay attributed. */
export function LockEmployee({ employee }: { readonly employee: Schemas['EmployeeResponse'] }) {
  const { id, username, active } = employee;
  const { t } = useWords('employees');
  const own = useEmployee();
  const written = useEmployeeWritten();
  const [isAsking, { open, close }] = useDisclosure();
  const change = useCommand({
    perform: (_: void, signal) =>
      answered(api.PATCH('/api/v1/employees/{id}', { params: { path: { id } }, body: { active: !active }, signal })),
    onSuccess: () => {
      close();
      written(id);
    },
  });
  const begin = () => {
    change.reset();
    open();
  };
  const action = active ? 'lock' : 'unlock';
  return (
    <>
      <Button size="xs" variant="default" aria-label={t('of', { action: t(action), username })} onClick={begin}>
        {t(action)}
      </Button>
      <ConfirmDialog
        title={t(`${action}Title`, { username })}
        action={t(action)}
        opened={isAsking}
        onClose={close}
        act={change}
      >
        <Text>{t(`${action}What`)}</Text>
        {active && id === own.id && <Text fw={600}>{t('lockSelf')}</Text>}
      </ConfirmDialog>
    </>
  );
}

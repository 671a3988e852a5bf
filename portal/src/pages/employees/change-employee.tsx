import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { answered, api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { useWords } from '../../words/words';
import { FormDialog } from '../../ui/form-dialog';
import { RoleSelect } from './role-select';
import { useEmployeeWritten } from './use-employee-written';

type Employee = Schemas['EmployeeResponse'];

export function ChangeEmployee({ employee }: { readonly employee: Employee }) {
  const { id, username, displayName, role } = employee;
  const { t } = useWords('employees');
  const written = useEmployeeWritten();
  const [isOpen, { open, close: hide }] = useDisclosure();
  const form = useForm({ initialValues: { displayName, role } });
  const change = useCommand({
    perform: (changes: Pick<Employee, 'displayName' | 'role'>, signal) =>
      answered(
        api.PATCH('/api/v1/employees/{id}', {
          params: { path: { id } },
          body: { ...changes, displayName: changes.displayName.trim() },
          signal,
        }),
      ),
    onSuccess: () => {
      written(id);
      close();
    },
    onError: (error) => {
      if (isProblem(error, 'LAST_ADMINISTRATOR')) form.setFieldError('role', t('common:problem.LAST_ADMINISTRATOR'));
    },
  });
  const close = () => {
    change.reset();
    hide();
  };
  const begin = () => {
    form.setValues({ displayName, role });
    form.clearErrors();
    change.reset();
    open();
  };
  return (
    <>
      <Button size="xs" variant="default" aria-label={t('of', { action: t('change'), username })} onClick={begin}>
        {t('change')}
      </Button>
      <FormDialog
        title={t('changeTitle', { username })}
        opened={isOpen}
        isPending={change.isPending}
        error={isProblem(change.error, 'LAST_ADMINISTRATOR') ? null : change.error}
        onClose={close}
        onSubmit={form.onSubmit((changes) => change.mutate(changes))}
      >
        <TextInput
          label={t('displayName')}
          description={t('displayNameWhat')}
          required
          maxLength={200}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('displayName')}
        />
        <RoleSelect {...form.getInputProps('role')} />
      </FormDialog>
    </>
  );
}

import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { answered, api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { useWords } from '../../words/words';
import { FormDialog } from '../../ui/form-dialog';
import { RoleSelect } from './role-select';
import { useEmployeeWritten } from './use-employee-written';

type NewEmployee = Schemas['CreateEmployeeRequest'];

const NOBODY: NewEmployee = { username: '', displayName: '', role: 'EMPLOYEE', password: '' };
const MIN_PASSWORD_CHARACTERS = 8;

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CreateEmployee({ opened, onClose }: Props) {
  const { t } = useWords('employees');
  const written = useEmployeeWritten();
  const form = useForm<NewEmployee>({
    initialValues: NOBODY,
    validate: { password: ({ length }) => (length < MIN_PASSWORD_CHARACTERS ? t('passwordShort') : null) },
  });
  const create = useCommand({
    perform: ({ username, displayName, ...rest }: NewEmployee, signal) =>
      answered(
        api.POST('/api/v1/employees', {
          body: { ...rest, username: username.trim(), displayName: displayName.trim() },
          signal,
        }),
      ),
    onSuccess: ({ id }) => {
      written(id);
      close();
    },
    onError: (error) => {
      if (isProblem(error, 'USERNAME_TAKEN')) form.setFieldError('username', t('common:problem.USERNAME_TAKEN'));
    },
  });
  const close = () => {
    form.reset(); // a closed dialog must not keep the password
    create.reset();
    onClose();
  };
  return (
    <FormDialog
      title={t('create')}
      opened={opened}
      isPending={create.isPending}
      error={isProblem(create.error, 'USERNAME_TAKEN') ? null : create.error}
      onClose={close}
      onSubmit={form.onSubmit((employee) => create.mutate(employee))}
    >
      <TextInput
        label={t('username')}
        required
        maxLength={200}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('username')}
      />
      <TextInput
        label={t('displayName')}
        description={t('displayNameWhat')}
        required
        maxLength={200}
        autoComplete="off"
        {...form.getInputProps('displayName')}
      />
      <RoleSelect {...form.getInputProps('role')} />
      <PasswordInput
        label={t('password')}
        description={t('passwordWhat')}
        required
        maxLength={200}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </FormDialog>
  );
}

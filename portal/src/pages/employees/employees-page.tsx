import './words';
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { answered, api, type Schemas } from '../../api/client';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Page } from '../../ui/page';
import { useWords } from '../../words/words';
import { ChangeEmployee } from './change-employee';
import { CreateEmployee } from './create-employee';
import { LockEmployee } from './lock-employee';

type Employee = Schemas['EmployeeResponse'];

export function EmployeesPage() {
  const { t } = useWords('employees');
  const [isCreating, { open, close }] = useDisclosure();
  const columns = useColumns();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Button onClick={open}>{t('create')}</Button>}>
      <CursorTable
        label={t('list')}
        queryKey={['employees']}
        readPage={(cursor) =>
          answered(api.GET('/api/v1/employees', { params: { query: cursor === null ? {} : { cursor } } }))
        }
        columns={columns}
        rowId={({ id }) => id}
      />
      <CreateEmployee opened={isCreating} onClose={close} />
    </Page>
  );
}

function useColumns(): Column<Employee>[] {
  const { t } = useWords('employees');
  return [
    { key: 'username', header: t('username'), width: 'minmax(140px, 2fr)', cell: ({ username }) => username },
    { key: 'name', header: t('displayName'), width: 'minmax(160px, 3fr)', cell: ({ displayName }) => displayName },
    { key: 'role', header: t('role'), width: '150px', cell: ({ role }) => t(`common:role.${role}`) },
    { key: 'state', header: t('state'), width: '110px', cell: ({ active }) => t(active ? 'active' : 'locked') },
    {
      key: 'actions',
      header: t('actions'),
      width: '240px',
      cell: (employee) => (
        <Group gap="xs" wrap="nowrap">
          <ChangeEmployee employee={employee} />
          <LockEmployee employee={employee} />
        </Group>
      ),
    },
  ];
}

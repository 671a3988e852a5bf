import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import type { Role } from '../../session/session';
import { useWords } from '../../words/words';

const ROLES: readonly Role[] = ['EMPLOYEE', 'ADMINISTRATOR', 'COMPLIANCE'];

export function RoleSelect(field: NativeSelectProps) {
  const { t } = useWords('employees');
  return (
    <NativeSelect label={t('role')} description={t('roleWhat')} required {...field}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`common:role.${role}`)}
        </option>
      ))}
    </NativeSelect>
  );
}

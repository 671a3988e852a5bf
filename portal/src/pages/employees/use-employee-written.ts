import { useQueryClient } from '@tanstack/react-query';
import { useEmployee } from '../../session/session';

/**
 * What was read of employees is read again, and the session, too, when it is one's own: the menu is that of the role.
 */
export function useEmployeeWritten(): (id: string) => void {
  const queries = useQueryClient();
  const own = useEmployee();
  return (id) => {
    void queries.invalidateQueries({ queryKey: ['employees'] });
    if (id === own.id) void queries.invalidateQueries({ queryKey: ['session'] });
  };
}

import { useQueryClient } from '@tanstack/react-query';
import { useEmployee } from '../../session/session';

/** Refreshes employee data, and the session if it is the employee's own, because the menu depends on the role. */
export function useEmployeeWritten(): (id: string) => void {
  const queries = useQueryClient();
  const own = useEmployee();
  return (id) => {
    void queries.invalidateQueries({ queryKey: ['employees'] });
    if (id === own.id) void queries.invalidateQueries({ queryKey: ['session'] });
  };
}

import { Role } from '../../kernel/role';

/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

export const ACTIVE_ADMINISTRATORS = `(
  SELECT id, display_name
  FROM employee
  WHERE active AND role = '${Role.ADMINISTRATOR}')`;

/** Advisory lock: who counts employees, to decide something by the count, holds it until the end of the transaction. */
export const EMPLOYEE_LOCK = 7_337_002;

/** Every employee has exactly one role. */
export const Role = { ADMINISTRATOR: 'ADMINISTRATOR', EMPLOYEE: 'EMPLOYEE', COMPLIANCE: 'COMPLIANCE' } as const;
export type Role = (typeof Role)[keyof typeof Role];

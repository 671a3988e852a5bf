/**
 * Occurs in the personal columns of the tests' customers and nowhere else, so any output that contains it has leaked
 * personal data.
 */
export const CANARY = 'Kanarienvogel';
/** A canary for columns where only digits make a number. */
export const CANARY_NUMBER = '48071526370';
export const CANARY_BIRTH_DATE = '1948-02-29';

export const CANARIES = [CANARY, CANARY_NUMBER, CANARY_BIRTH_DATE, '29.02.1948'] as const;

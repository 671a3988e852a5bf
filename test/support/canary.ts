/** Stand in the personal columns of the tests' customers and nowhere else; whatever lets one out has let out a value of a person. */
export const CANARY = 'Kanarienvogel';
/** Where only digits make a number. */
export const CANARY_NUMBER = '48071526370';
export const CANARY_BIRTH_DATE = '1948-02-29';

export const CANARIES = [CANARY, CANARY_NUMBER, CANARY_BIRTH_DATE, '29.02.1948'] as const;

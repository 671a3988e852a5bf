import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { DomainError } from '../../src/kernel/domain-error';
import { describeError } from '../../src/platform/logging/describe-error';

const SECRET = 'Geheimrat-Müller';

function uniqueViolation(): QueryFailedError {
  const cause = new DatabaseError(`duplicate key value violates unique constraint\n${SECRET}`, 1, 'error');
  Object.assign(cause, {
    code: '23505',
    detail: `Key (username)=(${SECRET}) already exists.`,
    hint: SECRET,
    where: `SQL statement "INSERT … '${SECRET}'"`,
    internalQuery: SECRET,
    schema: 'public',
    table: 'employee',
    constraint: 'employee_username_key',
  });
  return new QueryFailedError(`INSERT INTO employee (username) VALUES ('${SECRET}')`, [SECRET], cause);
}

describe('describeError', () => {
  it('names the failure in the database and no value of the row', () => {
    const described = describeError(uniqueViolation());

    expect(described).toMatchObject({
      kind: 'QueryFailedError',
      code: '23505',
      schema: 'public',
      table: 'employee',
      constraint: 'employee_username_key',
    });
    expect(described.at).toContainEqual(expect.stringContaining('describe-error.spec.ts'));
    expect(JSON.stringify(described)).not.toContain(SECRET);
  });

  it('names the code of a refusal, but neither its extensions nor its cause', () => {
    const described = describeError(new DomainError('CUSTOMER_LOCKED', { name: SECRET }, uniqueViolation()));

    expect(described.code).toBe('CUSTOMER_LOCKED');
    expect(JSON.stringify(described)).not.toContain(SECRET);
  });

  it.each([
    ['an error with a message of several lines', new Error(`first\n    at ${SECRET} (x.ts:1:2)\n${SECRET}`)],
    ['an error with a strange code', Object.assign(new Error('x'), { code: `${SECRET} 1` })],
    ['a thrown string', SECRET],
    ['a thrown object', { message: SECRET }],
    ['nothing', undefined],
  ])('reveals nothing of %s', (_, error) => {
    expect(JSON.stringify(describeError(error))).not.toContain(SECRET);
  });
});

import { DatabaseError } from 'pg';
import { DomainError } from '../../src/kernel/domain-error';
import { failureCodeOf } from '../../src/modules/replay/conflicts/failed-replays';

const answeredWith = (sqlState: string): Error =>
  Object.assign(new DatabaseError('refused', 7, 'error'), { code: sqlState });

describe('a failure in a replay', () => {
  it.each(['08006', '25006', '28000', '3D000', '42501', '53100', '53300', '54001', '57014', '58030', 'F0001', 'XX000'])(
    'does not concern one customer with the SQLSTATE %s',
    (sqlState) => expect(failureCodeOf(answeredWith(sqlState))).toBeNull(),
  );

  it.each(['LEDGER_CONFLICT', 'LEDGER_MALFORMED', 'AUDIT_LOG_FORKED'])(
    'does not concern one customer with the code %s',
    (code) => expect(failureCodeOf(new DomainError(code as never))).toBeNull(),
  );

  it('concerns one customer otherwise, and is retried after a deadlock', () => {
    expect(failureCodeOf(answeredWith('23505'))).toBe('23505');
    expect(failureCodeOf(answeredWith('P0001'))).toBe('P0001');
    expect(failureCodeOf(new DomainError('FISCAL_COPY_FAILED'))).toBe('FISCAL_COPY_FAILED');
    expect(failureCodeOf(new TypeError('no'))).toBe('UNEXPECTED_ERROR');
    expect(failureCodeOf(answeredWith('40P01'))).toBeNull();
  });
});

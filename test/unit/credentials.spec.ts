import { setImmediate } from 'node:timers/promises';
import { Credentials } from '../../src/modules/employee/passwords/credentials';
import { FailedAttempts } from '../../src/modules/employee/passwords/failed-attempts';
import type { Passwords } from '../../src/modules/employee/passwords/passwords';

const RIGHT = 'right password';

describe('Credentials', () => {
  let credentials: Credentials;

  beforeEach(() => {
    // one after the other, as a single processor hashes them
    let turn = Promise.resolve();
    const passwords = {
      matches: async (hash: string | null, password: string) => {
        await (turn = turn.then(() => setImmediate()));
        return hash === password;
      },
    };
    credentials = new Credentials(passwords as unknown as Passwords, new FailedAttempts());
  });

  const attempt = (password: string, username = 'erika', address = '203.0.113.1') =>
    credentials
      .areValid({ passwordHash: RIGHT, password, username, address })
      .catch(({ code }: { code: string }) => code);
  const failures = async (count: number) => {
    for (let failure = 0; failure < count; failure++) expect(await attempt('wrong')).toBe(false);
  };

  it('accept no password after ten wrong ones, not even the right one', async () => {
    await failures(10);
    expect([await attempt('wrong'), await attempt(RIGHT)]).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
  });

  it('lock no other address and no other user name', async () => {
    await failures(10);
    expect(await attempt(RIGHT, 'erika', '203.0.113.2')).toBe(true);
    expect(await attempt(RIGHT, 'max')).toBe(true);
  });

  it('forget wrong passwords after a right one', async () => {
    await failures(9);
    expect(await attempt(RIGHT)).toBe(true);
    await failures(10);
  });

  it('accept no password for an employee without one', async () => {
    expect(await credentials.areValid({ passwordHash: null, password: RIGHT, username: 'erika', address: '' })).toBe(
      false,
    );
  });

  it('allow at most ten of many concurrent guesses', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('wrong')));
    expect(answers.filter((answer) => answer === false).length).toBeLessThanOrEqual(10);
  });
});

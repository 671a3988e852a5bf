import { setImmediate } from 'node:timers/promises';
import { Credentials } from '../../src/modules/employee/passwords/credentials';
import { FailedAttempts } from '../../src/modules/employee/passwords/failed-attempts';
import type { Passwords } from '../../src/modules/employee/passwords/passwords';

const RIGHT = 'right password';

describe('Credentials', () => {
  let credentials: Credentials;

  beforeEach(() => {
    // one after the other, as a processor hashes them
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
      .areRight({ passwordHash: RIGHT, password, username, address })
      .catch(({ code }: { code: string }) => code);
  const failures = async (count: number) => {
    for (let failure = 0; failure < count; failure++) expect(await attempt('wrong')).toBe(false);
  };

  it('take no password after ten wrong ones, not even the right one', async () => {
    await failures(10);
    expect([await attempt('wrong'), await attempt(RIGHT)]).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
  });

  it('lock nobody out elsewhere, and nobody else here', async () => {
    await failures(10);
    expect(await attempt(RIGHT, 'erika', '203.0.113.2')).toBe(true);
    expect(await attempt(RIGHT, 'max')).toBe(true);
  });

  it('forget wrong passwords once the right one was given', async () => {
    await failures(9);
    expect(await attempt(RIGHT)).toBe(true);
    await failures(10);
  });

  it('take no right password for an employee who has none', async () => {
    expect(await credentials.areRight({ passwordHash: null, password: RIGHT, username: 'erika', address: '' })).toBe(
      false,
    );
  });

  it('let at most ten of many guesses at once pass', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('wrong')));
    expect(answers.filter((answer) => answer === false).length).toBeLessThanOrEqual(10);
  });
});

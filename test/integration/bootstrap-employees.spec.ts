import { BootstrapEmployees } from '../../src/modules/employee';
import { TestApp } from '../support/test-app';

describe('BootstrapEmployees', () => {
  let product: TestApp;

  beforeEach(async () => {
    product = await TestApp.start({ LETHE_BOOTSTRAP_PASSWORD: '' });
  });

  afterEach(() => product.stop());

  const empty = () => product.sql.query('DELETE FROM employee');
  const run = () => product.nest.get(BootstrapEmployees).createFirstEmployees();

  it('creates the three logins once when several processes start at once, and returns the password to one of them', async () => {
    await empty();
    const results = await Promise.all([run(), run(), run(), run()]);

    const [first, ...others] = results.filter(({ created }) => created);
    expect(others).toEqual([]);
    expect(first?.randomPassword).toMatch(/^[\w-]{20}$/);
    expect(results.filter(({ created }) => !created).every(({ randomPassword }) => randomPassword === null)).toBe(true);
    const { rows } = await product.sql.query('SELECT username, display_name, role FROM employee ORDER BY username');
    expect(rows).toEqual([
      { username: 'admin', display_name: 'Administrator', role: 'ADMINISTRATOR' },
      { username: 'compliance', display_name: 'Compliance', role: 'COMPLIANCE' },
      { username: 'employee', display_name: 'Mitarbeiter', role: 'EMPLOYEE' },
    ]);
    const login = { username: 'compliance', password: first?.randomPassword };
    await product.anonymous().post('/api/v1/auth/login').send(login).expect(200);
  });

  it('does not change a database with employees', async () => {
    await product.sql.query(`DELETE FROM employee WHERE username <> 'employee'`);
    expect(await run()).toEqual({ created: false, randomPassword: null });
    expect((await product.sql.query('SELECT FROM employee')).rowCount).toBe(1);
  });
});

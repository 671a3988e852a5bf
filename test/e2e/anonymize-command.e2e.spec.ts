import { PassThrough } from 'node:stream';
import { ANONYMIZE_OPTIONS, type AnonymizeOptions, readAnonymizeOptions } from '../../src/cli/anonymize-options';
import { readParameters } from '../../src/cli/define-command';
import { AnonymizeProgram } from '../../src/cli/anonymize-program';
import { OperatorConsole } from '../../src/cli/operator-console';
import { ProductCommand } from '../support/product-command';
import { finishedRun } from '../support/runs';
import { noteInSink } from '../support/sinks';
import { PASSWORD, TestApp } from '../support/test-app';
import { until } from '../support/until';

/** A terminal with a user. */
class Terminal {
  readonly input = Object.assign(new PassThrough(), { isTTY: true });
  readonly output = Object.assign(new PassThrough(), { isTTY: true });
  readonly console = new OperatorConsole(this.input, this.output);
  shown = '';

  constructor() {
    this.output.on('data', (chunk: Buffer) => {
      this.shown += chunk.toString();
      noteInSink('commands', chunk.toString());
    });
  }

  until(words: string): Promise<void> {
    return until(`it says: ${words}`, () => this.shown.includes(words));
  }
}

describe('npm run anonymize', () => {
  let app: TestApp;
  let terminal: Terminal;
  let ready: string[];
  let blocked: string;

  beforeEach(async () => {
    app = await TestApp.start();
    terminal = new Terminal();
    ready = [await app.records.customer({ customer_number: 'K-1' }), await app.records.customer()];
    blocked = await app.records.customer();
    await app.records.insert('care_case', { customer_id: blocked, status: 'OPEN' });
    await select('Alte Kunden', [...ready, blocked]);
  });
  afterEach(() => app.stop());

  async function select(name: string, customerIds: readonly string[]): Promise<string> {
    const selectionId = await app.records.insert('selection', { name });
    for (const customerId of customerIds)
      await app.records.insert('selection_member', { selection_id: selectionId, customer_id: customerId });
    return selectionId;
  }

  const options = (...parameters: string[]): AnonymizeOptions =>
    readAnonymizeOptions(readParameters(ANONYMIZE_OPTIONS, parameters).values)!;
  const THE_ACT = ['--selection', 'Alte Kunden', '--as', 'admin', '--reason', 'ERASURE_REQUEST', '--reference', 'T-1'];
  const run = (parameters: readonly string[], { password = PASSWORD, leaving = new AbortController().signal } = {}) =>
    new AnonymizeProgram(app.nest, terminal.console, leaving).anonymizeSelection(options(...parameters), password);
  const rows = async (sql: string, ...parameters: unknown[]) =>
    (await app.sql.query<Record<string, unknown>>(sql, parameters)).rows;
  const anonymized = async () =>
    (await rows('SELECT id FROM customer WHERE anonymized_at IS NOT NULL ORDER BY id')).map(({ id }) => id);
  const runs = () => rows('SELECT id, state, reason, reference FROM anonymization_run');
  const audited = async () =>
    (
      await rows(`SELECT action FROM audit.entry WHERE module IN ('employee', 'platform', 'anonymization') ORDER BY id`)
    ).map(({ action }) => action);

  it('shows what would happen, and changes nothing', async () => {
    expect(await run(['--selection', 'Alte Kunden', '--as', 'admin', '--dry-run'])).toBe(0);
    expect(terminal.shown).toContain('customers 3, ready 2, blocked 1');
    expect(terminal.shown).toContain('OPEN_CARE_CASE: 1, must be resolved');
    const [previewed] = await runs();
    expect(previewed).toMatchObject({ state: 'PREVIEWED', reason: null });
    expect(terminal.shown).toContain(`--run ${String(previewed!.id)}`);
    expect(await anonymized()).toEqual([]);
  });

  it('anonymizes the ready customers once their number has been typed', async () => {
    const result = run(THE_ACT);
    await terminal.until('type how many there are (2)');
    expect(terminal.shown).toContain('This cannot be undone.');
    expect(await anonymized()).toEqual([]);
    terminal.input.write('2\r');
    expect(await result).toBe(0);
    expect(terminal.shown).toMatch(/COMPLETED: anonymized 2, blocked 1, failed 0, cancelled 0, [\d.]+ customers\/s/);
    expect(terminal.shown).toContain('100 %');
    expect(terminal.shown).toContain('Dead rows and statistics are cleaned up.');
    expect(await anonymized()).toEqual([...ready].sort());
    expect(await runs()).toMatchObject([{ state: 'COMPLETED', reason: 'ERASURE_REQUEST', reference: 'T-1' }]);
    expect((await rows('SELECT last_name FROM customer WHERE id = $1', ready[0]))[0]!.last_name).toMatch(
      /^Anonymisiert am [\d.]{10} von Administrator$/,
    );
    expect((await audited()).filter((action) => action !== 'EMPLOYEE_CREATED')).toEqual([
      'LOGIN_SUCCEEDED',
      'ANONYMIZATION_RUN_CREATED',
      'ANONYMIZATION_RUN_STARTED',
      'DATA_MAP_IN_FORCE',
      'ANONYMIZATION_RUN_COMPLETED',
    ]);
  });

  it('refuses another number, a wrong password, and all roles but administrators', async () => {
    await expect(run([...THE_ACT, '--confirm', '3'])).rejects.toMatchObject({ code: 'CONFIRMATION_MISMATCH' });
    const result = expect(run(THE_ACT)).rejects.toMatchObject({ code: 'CONFIRMATION_MISMATCH' });
    await terminal.until('type how many there are');
    terminal.input.write('yes\r');
    await result;
    const before = (await runs()).length;
    await expect(run(THE_ACT, { password: 'a guess' })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect((await audited()).at(-1)).toBe('LOGIN_FAILED');
    await expect(run(THE_ACT.map((each) => (each === 'admin' ? 'employee' : each)))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await audited()).at(-1)).toBe('ACCESS_REFUSED');
    expect((await runs()).length).toBe(before);
    expect(await anonymized()).toEqual([]);
  });

  it('limits password attempts', async () => {
    for (let guess = 0; guess < 10; guess++)
      await expect(run(THE_ACT, { password: `guess ${guess}` })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await expect(run(THE_ACT)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('requires the id if two selections have the same name', async () => {
    const other = await select('Alte Kunden', [ready[0]!]);
    await expect(run(THE_ACT)).rejects.toMatchObject({
      code: 'SELECTION_AMBIGUOUS',
      extensions: { ids: expect.stringContaining(`, ${other}`) },
    });
    const byId = ['--selection-id', other, '--as', 'admin', '--reason', 'OTHER', '--confirm', '1'];
    expect(await run(byId)).toBe(0);
    expect(await anonymized()).toEqual([ready[0]]);
    await expect(run(['--selection', 'Neue', '--as', 'admin', '--dry-run'])).rejects.toMatchObject({
      code: 'SELECTION_NOT_FOUND',
    });
  });

  it('reports by its exit code that a customer could not be anonymized', async () => {
    await app.sql.query(`
      CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'poison'; END $$;
      CREATE TRIGGER poison BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${ready[1]}') EXECUTE FUNCTION poison()`);
    expect(await run([...THE_ACT, '--confirm', '2'])).toBe(3);
    expect(terminal.shown).toContain('anonymized 1, blocked 1, failed 1');
  });

  it('can be interrupted; the run continues', async () => {
    const clerk = await app.database.look();
    await clerk.query('BEGIN');
    await clerk.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [ready[1]]);
    const leaving = new AbortController();
    const result = expect(run([...THE_ACT, '--confirm', '2'], { leaving: leaving.signal })).rejects.toThrow();
    await terminal.until('1 anonymized, 1 to do');
    leaving.abort();
    await result;
    const [started] = await runs();
    expect(started).toMatchObject({ state: 'RUNNING' });
    await clerk.query('COMMIT');
    await finishedRun(await app.as('admin'), String(started!.id), 'COMPLETED');
    expect((await anonymized()).length).toBe(2);
  });

  it('hides a typed password', async () => {
    const answer = terminal.console.askHidden('Password: ');
    terminal.input.write(`${PASSWORD}\r`);
    expect(await answer).toBe(PASSWORD);
    expect(terminal.shown).toBe('Password: \n');
  });

  describe('as a separate process', () => {
    let command: ProductCommand;

    beforeAll(() => {
      command = new ProductCommand('anonymize');
    });
    afterAll(() => command.remove());

    const start = (parameters: readonly string[], input: string) => command.run(app, parameters, input);

    it('works while the product serves, without a terminal', async () => {
      const { exitCode, shown, complaints } = await start([...THE_ACT, '--confirm', '2'], `${PASSWORD}\n`);
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
      expect(shown).toContain('COMPLETED: anonymized 2, blocked 1');
      expect(shown).not.toContain(PASSWORD);
      expect(await anonymized()).toEqual([...ready].sort());
    });

    it('reports what is wrong', async () => {
      expect(await start(THE_ACT, `${PASSWORD}\n`)).toMatchObject({
        exitCode: 1,
        complaints: expect.stringContaining('--confirm'),
      });
      expect(await start(THE_ACT, 'a guess\n')).toMatchObject({
        exitCode: 1,
        complaints: 'The user name or the password is wrong, or the employee is locked.\n',
      });
      expect(await start(['--selection', 'Alte Kunden'], '')).toMatchObject({
        exitCode: 2,
        complaints: expect.stringContaining('Usage: npm run anonymize'),
      });
    });
  });
});

describe('npm run anonymize with four eyes', () => {
  it('leaves the start to another administrator', async () => {
    const app = await TestApp.start({ LETHE_FOUR_EYES: 'true' });
    try {
      const customerId = await app.records.customer();
      const selectionId = await app.records.insert('selection', { name: 'Eine' });
      await app.records.insert('selection_member', { selection_id: selectionId, customer_id: customerId });
      const admin = await app.as('admin');
      await admin
        .post('/api/v1/employees')
        .send({ username: 'second', displayName: 'Zweite', role: 'ADMINISTRATOR', password: PASSWORD })
        .expect(201);
      const terminal = new Terminal();
      const run = (...parameters: string[]) =>
        new AnonymizeProgram(app.nest, terminal.console, new AbortController().signal).anonymizeSelection(
          readAnonymizeOptions(readParameters(ANONYMIZE_OPTIONS, parameters).values)!,
          PASSWORD,
        );
      expect(await run('--selection', 'Eine', '--as', 'admin', '--reason', 'OTHER', '--confirm', '1')).toBe(0);
      expect(terminal.shown).toContain('Another administrator must start it.');
      const runId = /--run (\S+)/.exec(terminal.shown)![1]!;
      expect(await run('--run', runId, '--as', 'second', '--reason', 'OTHER', '--confirm', '1')).toBe(0);
      expect(terminal.shown).toContain('COMPLETED: anonymized 1');
      await expect(run('--run', runId, '--as', 'second', '--reason', 'OTHER')).rejects.toMatchObject({
        code: 'RUN_STATE_CONFLICT',
      });
    } finally {
      await app.stop();
    }
  });
});

import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { ERASURE_CONFLICT, LEDGER_FAULTS } from '../../src/modules/audit';
import { asOldLedger, oldCheckpointFile, oldEntryFile } from '../support/ledger-files';
import { ProductCommand } from '../support/product-command';
import { Records } from '../support/records';
import { RestorableShop } from '../support/restorable-shop';
import { until } from '../support/until';

const FAULTS = [...LEDGER_FAULTS, ERASURE_CONFLICT];
const HEALTH = readFileSync(join(__dirname, '../../docs/reference/health.md'), 'utf8');

/** The advice of docs/reference/health.md for a fault. */
function adviceFor(code: string): string {
  const [, advice] = new RegExp(`^\\| \`${code}\` \\| (.*) \\|$`, 'm').exec(HEALTH) ?? [];
  if (advice === undefined) throw new Error(`docs/reference/health.md has no advice for ${code}`);
  return advice;
}

describe('the advice of docs/reference/health.md', () => {
  let shop: RestorableShop;
  const commands = new Map<string, ProductCommand>();

  beforeEach(async () => {
    shop = await RestorableShop.open();
    await shop.serve();
    for (let count = 0; count < 2; count++) await shop.anonymize(await new Records(await shop.sql()).customer());
    await shop.anchored();
    await shop.stop();
  });
  afterEach(() => shop.dispose());
  afterAll(() => {
    for (const command of commands.values()) command.remove();
  });

  const ledger = () => shop.config.ledgerFolder;

  /** Runs a command of the advice exactly as documented. */
  async function carryOut(code: string, command: string, ...parameters: string[]): Promise<number> {
    expect(adviceFor(code)).toContain(`\`npm run ${command}`);
    const name = command.split(' ')[0]!.replace(':', '-');
    if (!commands.has(name)) commands.set(name, new ProductCommand(name));
    const given =
      command
        .split(' -- ')[1]
        ?.split(' ')
        .filter((part) => part.startsWith('--')) ?? [];
    const { exitCode } = await commands.get(name)!.run(shop, [...given, ...parameters]);
    return exitCode;
  }

  async function faults(): Promise<readonly string[]> {
    const { body } = await shop.anonymous().get('/api/v1/health/ready');
    return (body as { faults: string[] }).faults;
  }

  const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

  /** How each fault is caused and fixed. */
  const SCENARIOS: Readonly<Record<string, { cause(): void | Promise<void>; mend(): Promise<void> }>> = {
    DATABASE_BEHIND_LEDGER: {
      cause: async () => {
        await shop.backUp();
        await shop.serve();
        await shop.anonymize(await new Records(await shop.sql()).customer());
        await shop.anchored();
        await shop.restore();
      },
      mend: async () => {
        expect(await carryOut('DATABASE_BEHIND_LEDGER', 'erasure:replay -- LEDGER', ledger())).toBe(0);
      },
    },
    LEDGER_LOST: {
      cause: () => rmSync(ledger(), { recursive: true }),
      mend: async () => {
        expect(await carryOut('LEDGER_LOST', 'audit:export -- --rebuild')).toBe(0);
      },
    },
    LEDGER_DOUBLED: {
      cause: () => {
        asOldLedger(ledger());
        const last = lines(oldEntryFile(ledger())).at(-1)!;
        appendFileSync(oldEntryFile(ledger()), `${last}\n`);
      },
      mend: async () => {
        expect(await carryOut('LEDGER_DOUBLED', 'audit:export -- --repair')).toBe(0);
      },
    },
    LEDGER_FORGED: {
      cause: () => {
        asOldLedger(ledger());
        const notes = readFileSync(oldCheckpointFile(ledger()), 'utf8');
        writeFileSync(oldCheckpointFile(ledger()), notes.replaceAll('lethe.audit/', 'lethe.other/'));
      },
      mend: async () => {
        renameSync(ledger(), `${ledger()}-moved-away`);
        expect(await carryOut('LEDGER_FORGED', 'audit:export -- --rebuild')).toBe(0);
      },
    },
    AUDIT_LOG_FORKED: {
      cause: async () => {
        cpSync(ledger(), `${ledger()}-copy`, { recursive: true });
        asOldLedger(ledger());
        const [first, ...others] = lines(oldEntryFile(ledger()));
        rmSync(oldCheckpointFile(ledger()));
        writeFileSync(oldEntryFile(ledger()), [first!.replace('{', '{"x":1,'), ...others, ''].join('\n'));
        await shop.query(`ALTER TABLE audit.checkpoint DISABLE TRIGGER ALL`);
        await shop.query(`DELETE FROM audit.checkpoint`);
      },
      mend: async () => {
        expect(await carryOut('AUDIT_LOG_FORKED', 'audit:verify')).not.toBe(0);
        renameSync(ledger(), `${ledger()}-moved-away`);
        renameSync(`${ledger()}-copy`, ledger());
      },
    },
    ERASURE_CONFLICT: {
      cause: async () => {
        await shop.serve();
        const source = await new Records(await shop.sql()).customer();
        await shop.anchored();
        await shop.backUp();
        await shop.serve();
        const target = await new Records(await shop.sql()).customer(); // created after the backup
        const admin = await shop.as('admin');
        await admin.post(`/api/v1/customers/${source}/merge`).send({ intoCustomerId: target }).expect(200);
        await shop.anchored();
        await shop.restore();
        expect((await shop.replay()).conflicts).toMatchObject([{ customerId: source, code: 'MERGE_TARGET_ABSENT' }]);
      },
      mend: async () => {
        const [conflict] = await shop.query<{ id: string }>('SELECT id FROM erasure_conflict');
        const settlement = ['--dismiss', conflict!.id, '--reason', 'KEPT_SEPARATE'];
        expect(await carryOut('ERASURE_CONFLICT', 'erasure:resolve', ...settlement)).toBe(0);
      },
    },
  };

  it.each(FAULTS)('ends %s without a restart', async (code) => {
    await SCENARIOS[code]!.cause();
    await shop.serve();
    expect(await faults()).toEqual([code]);
    await SCENARIOS[code]!.mend();
    await until('the product serves', async () => (await faults()).length === 0);
    await shop.anonymize(await new Records(await shop.sql()).customer());
    await shop.anchored();
    expect(await shop.problemOfLog()).toBeNull();
  });

  it('ends DATABASE_UNREACHABLE when the database is reachable again', async () => {
    expect(adviceFor('DATABASE_UNREACHABLE')).toContain('serves again as soon as');
    await shop.serve();
    const administrator = new Client({ ...shop.database.superuser, database: 'postgres' });
    await administrator.connect();
    const name = shop.database.superuser.database!;
    try {
      await administrator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await administrator.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      await until('the product misses it', async () => (await faults()).includes('DATABASE_UNREACHABLE'));
    } finally {
      await administrator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await administrator.end();
    }
    await until('the product serves', async () => (await faults()).length === 0);
  });

  it('covers every fault', () => {
    const table = HEALTH.slice(HEALTH.indexOf('## Faults'), HEALTH.indexOf('## Warnings'));
    const codes = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code!);
    expect(codes.sort()).toEqual([...FAULTS, 'DATABASE_UNREACHABLE'].sort());
    expect(Object.keys(SCENARIOS).sort()).toEqual([...FAULTS].sort());
  });
});

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppModule, type ProcessRole } from '../../src/app/app.module';
import { importInto } from '../../src/cli/import-into';
import { requireLedger } from '../../src/cli/open-for-changes';
import { ArchiveContents } from '../../src/modules/archive/purge/archive-contents';
import { newSigningKey, NoteSigner } from '../../src/libraries/transparency-log/note-signer';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { ProductCommand } from '../support/product-command';
import { Records } from '../support/records';
import { RestorableShop } from '../support/restorable-shop';
import { until } from '../support/until';

describe('each dependency of a database', () => {
  let shop: RestorableShop;
  let aside: string;

  beforeAll(async () => {
    shop = await RestorableShop.open();
    aside = mkdtempSync(join(tmpdir(), 'lethe-aside-'));
    await shop.serve();
    const living = await new Records(await shop.sql()).customer();
    const erased = await new Records(await shop.sql()).customer();
    const employee = await shop.as('employee');
    for (const id of [living, erased])
      for (const retentionClass of ['NONE', 'VOUCHER'])
        await employee
          .post(`/api/v1/customers/${id}/documents`)
          .field('type', 'Brief')
          .field('title', 'Brief')
          .field('retentionClass', retentionClass)
          .attach('file', Buffer.from('Sehr geehrte Frau Köhler'), { filename: 'brief.txt', contentType: 'text/plain' })
          .expect(201);
    await shop.anonymize(erased);
    await shop.anchored();
    await shop.stop();
    cpSync(keys(), join(aside, 'keys'), { recursive: true });
    cpSync(shop.config.archiveFolder, join(aside, 'archive'), { recursive: true });
  });

  afterEach(() => putBack());

  afterAll(async () => {
    rmSync(aside, { recursive: true, force: true });
    await shop.dispose();
  });

  const keys = () => shop.config.keysFolder;

  function putBack(): void {
    for (const [from, to] of [
      ['keys', keys()],
      ['archive', shop.config.archiveFolder],
    ] as const) {
      rmSync(to, { recursive: true, force: true });
      cpSync(join(aside, from), to, { recursive: true });
    }
  }

  const remove = (form: RegExp): void => {
    for (const name of readdirSync(keys())) if (form.test(name)) rmSync(join(keys(), name), { force: true });
  };

  function replace(name: string, content: Buffer | string): void {
    rmSync(join(keys(), name), { force: true });
    writeFileSync(join(keys(), name), content, { mode: 0o400 });
  }

  const configWith = (environment: Readonly<Record<string, string>>) =>
    LetheConfig.from({ LETHE_DATA_DIR: shop.config.dataFolder, LETHE_LOG_LEVEL: 'silent', ...environment });

  /** The code with which the product refuses to start; null if it starts. */
  async function refusal(environment: Readonly<Record<string, string>> = {}, role: ProcessRole = 'SERVER') {
    const config = configWith(environment);
    try {
      const module = await Test.createTestingModule({ imports: [AppModule.of(config, shop.database, role)] }).compile();
      await module.close();
      return null;
    } catch (error) {
      // a process that ends would close the connections of a refused start
      await shop.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      return (error as { code?: string }).code ?? error;
    }
  }

  const fingerprints = async () =>
    new Map(
      (await shop.query<{ name: string; fingerprint: string }>('SELECT name, fingerprint FROM key_fingerprint')).map(
        ({ name, fingerprint }) => [name, fingerprint],
      ),
    );

  /** Simulates a database of an earlier version. */
  const forget = () => shop.query('DELETE FROM key_fingerprint');

  it('is recorded by fingerprint when it is first used', async () => {
    expect([...(await fingerprints()).keys()].sort()).toEqual(['archive.key', 'audit-log', 'fiscal-seal']);
    expect(await refusal()).toBeNull();
    expect(await refusal({}, 'WORKER')).toBeNull();
    const key = readFileSync(join(keys(), 'archive.key'));
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect((await fingerprints()).get('archive.key')).not.toContain(key.toString(encoding));
  });

  it.each<[string, string, () => void]>([
    ['a lost archive key', 'ARCHIVE_KEY_DIFFERS', () => remove(/^archive\.key$/)],
    ['another archive key', 'ARCHIVE_KEY_DIFFERS', () => replace('archive.key', randomBytes(32))],
    ['lost keys of the log', 'AUDIT_KEY_DIFFERS', () => remove(/^audit-log/)],
    [
      'keys of another log',
      'AUDIT_KEY_DIFFERS',
      () => {
        const key = newSigningKey('lethe.audit/other');
        replace('audit-log-1.key', `${key}\n`);
        replace('audit-log-1.verifier', `${NoteSigner.from(key).verifierKey}\n`);
      },
    ],
    ['a lost fiscal seal', 'FISCAL_SEAL_CHANGED', () => remove(/^fiscal-seal/)],
  ])('is required: %s stops the start, and nothing is created again', async (_, code, damage) => {
    const recorded = await fingerprints();
    damage();
    const names = readdirSync(keys()).sort();
    expect(await refusal()).toBe(code);
    expect(await refusal({}, 'WORKER')).toBe(code);
    expect(readdirSync(keys()).sort()).toEqual(names);

    // a database of an earlier version recognizes it by the data that it stored
    await forget();
    expect(await refusal()).toBe(code);
    expect(readdirSync(keys()).sort()).toEqual(names);
    putBack();
    expect(await refusal()).toBeNull();
    expect(await fingerprints()).toEqual(recorded);
  });

  it('is also checked by commands, which report it in one line', async () => {
    remove(/^archive\.key$/);
    const command = new ProductCommand('erasure-replay');
    try {
      expect(await command.run(shop, [shop.config.ledgerFolder])).toEqual({
        exitCode: 1,
        shown: '',
        complaints: expect.stringMatching(/^The key archive\.key [^\n]+\n$/),
      });
    } finally {
      command.remove();
    }
    const folder = mkdtempSync(join(tmpdir(), 'lethe-import-'));
    writeFileSync(join(folder, 'branches.csv'), 'code,name\nX1,Ulm\n');
    await expect(importInto(shop.database, shop.config, folder, false)).rejects.toMatchObject({
      code: 'ARCHIVE_KEY_DIFFERS',
    });
    await expect(shop.replay()).rejects.toMatchObject({ code: 'ARCHIVE_KEY_DIFFERS' });
    rmSync(folder, { recursive: true });
    putBack();
    remove(/^audit-log/);
    await expect(requireLedger(shop.config, shop.database)).rejects.toMatchObject({ code: 'AUDIT_KEY_DIFFERS' });
  });

  describe('the fiscal seal', () => {
    const recorded = async () => (await fingerprints()).get('fiscal-seal')!;

    it('may be set by LETHE_FISCAL_SEAL, and its identity removed', async () => {
      const local = await recorded();
      expect(await refusal({ LETHE_FISCAL_SEAL: local })).toBeNull();
      remove(/^fiscal-seal\.identity$/);
      expect(await refusal()).toBeNull();
      remove(/^fiscal-seal/);
      expect(await refusal({ LETHE_FISCAL_SEAL: local })).toBeNull();
    });

    it('is changed only by a command, and the log names both', async () => {
      const local = await recorded();
      const other = await identityToRecipient(await generateX25519Identity());
      const environment = { LETHE_FISCAL_SEAL: other };
      expect(await refusal(environment)).toBe('FISCAL_SEAL_CHANGED');
      const command = new ProductCommand('keys-rotate');
      try {
        const run = () => command.run(shop, ['seal'], '', environment);
        expect(await run()).toMatchObject({ exitCode: 0, shown: expect.stringContaining(`new seal: ${other}\n`) });
        expect(await run()).toMatchObject({ exitCode: 0, shown: expect.stringContaining('has not changed') });
        expect((await command.run(shop, [])).exitCode).toBe(2);
      } finally {
        command.remove();
      }
      expect(await recorded()).toBe(other);
      expect(await refusal(environment)).toBeNull();
      expect(await refusal()).toBe('FISCAL_SEAL_CHANGED');
      expect(
        await shop.query(
          `SELECT content -> 'details' AS details FROM audit.entry WHERE content ->> 'action' = 'FISCAL_SEAL_CHANGED'`,
        ),
      ).toEqual([{ details: { from: local, to: other } }]);
      await shop.query(`UPDATE key_fingerprint SET fingerprint = $1 WHERE name = 'fiscal-seal'`, [local]);
    });

    it('cannot be replaced by the application’s role', async () => {
      const { Client } = await import('pg');
      const client = new Client(shop.database.as('lethe_app'));
      await client.connect();
      for (const statement of ['UPDATE key_fingerprint SET fingerprint = name', 'DELETE FROM key_fingerprint'])
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    });
  });

  it('is checked by samples: an archive folder with missing or other contents is a warning until it is restored', async () => {
    const config = configWith({});
    const module = await Test.createTestingModule({ imports: [AppModule.of(config, shop.database)] }).compile();
    try {
      const contents = module.get(ArchiveContents, { strict: false });
      expect(await contents.check()).toMatchObject({ unreadable: 0 });
      const files = readdirSync(config.archiveFolder, { recursive: true, withFileTypes: true }).filter((file) =>
        file.isFile(),
      );
      expect(files.length).toBeGreaterThanOrEqual(3);
      for (const { parentPath, name } of files) writeFileSync(join(parentPath, name), randomBytes(500));
      expect((await contents.check()).unreadable).toBe(2); // the contents of the customer who is not anonymized; this process cannot open a sealed one
      for (const { parentPath, name } of files) rmSync(join(parentPath, name));
      expect((await contents.check()).unreadable).toBe(3); // including the sealed one
      await module.init();
      const signals = module.get(HealthSignals);
      await until('there is a warning', () => signals.warnings.includes('ARCHIVE_DIFFERS'));
      putBack();
      expect(await contents.check()).toMatchObject({ unreadable: 0 });
    } finally {
      await module.close();
    }
  });
});

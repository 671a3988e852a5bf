import { resolve } from 'node:path';
import { DomainError } from '../../src/kernel/domain-error';
import { LetheConfig } from '../../src/platform/config/lethe-config';

const SEAL = `age1${'q'.repeat(58)}`;

describe('LetheConfig', () => {
  it('works without any setting', () => {
    expect(LetheConfig.from({})).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      dataDir: './data',
      bootstrapPassword: undefined,
      fiscalSeal: undefined,
      timeZone: 'Europe/Berlin',
      recentInvoiceMonths: 6,
      fourEyes: false,
      previewHours: 24,
      uploadBytes: 100 * 2 ** 20,
      publicUrl: undefined,
      sessionIdleMinutes: 30,
      sessionHours: 12,
    });
  });

  it('accepts every setting', () => {
    const config = LetheConfig.from({
      PORT: '8080',
      DATABASE_URL: 'postgresql://lethe:secret@db.example:5432/lethe',
      LETHE_DATA_DIR: '/srv/lethe',
      LETHE_LEDGER_DIR: '/srv/ledger',
      LETHE_BOOTSTRAP_PASSWORD: 'first-password',
      LETHE_FISCAL_SEAL: SEAL,
      LETHE_TIME_ZONE: 'Europe/Vienna',
      LETHE_RECENT_INVOICE_MONTHS: '12',
      LETHE_FOUR_EYES: 'true',
      LETHE_PREVIEW_HOURS: '720',
      LETHE_UPLOAD_MEGABYTES: '1000',
      LETHE_PUBLIC_URL: 'https://lethe.example',
      LETHE_SESSION_IDLE_MINUTES: '480',
      LETHE_SESSION_HOURS: '24',
    });

    expect(config).toMatchObject({
      port: 8080,
      databaseUrl: 'postgresql://lethe:secret@db.example:5432/lethe',
      bootstrapPassword: 'first-password',
      fiscalSeal: SEAL,
      timeZone: 'Europe/Vienna',
      recentInvoiceMonths: 12,
      fourEyes: true,
      previewHours: 720,
      uploadBytes: 1000 * 2 ** 20,
      publicUrl: 'https://lethe.example',
      sessionIdleMinutes: 480,
      sessionHours: 24,
      dataFolder: resolve('/srv/lethe'),
      keysFolder: resolve('/srv/lethe/keys'),
      ledgerFolder: resolve('/srv/ledger'),
    });
  });

  it('treats an empty variable as unset', () => {
    expect(LetheConfig.from({ PORT: '', DATABASE_URL: '', LETHE_FOUR_EYES: '' })).toMatchObject({
      port: 3000,
      fourEyes: false,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80 secret'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://lethe:secret@db'],
    ['LETHE_BOOTSTRAP_PASSWORD', 'x'.repeat(201)],
    ['LETHE_FISCAL_SEAL', 'AGE-SECRET-KEY-1SECRET'],
    ['LETHE_FISCAL_SEAL', SEAL.slice(0, -1)],
    ['LETHE_TIME_ZONE', 'Secret/City'],
    ['LETHE_RECENT_INVOICE_MONTHS', '0'],
    ['LETHE_RECENT_INVOICE_MONTHS', '121'],
    ['LETHE_RECENT_INVOICE_MONTHS', '1.5'],
    ['LETHE_FOUR_EYES', 'yes'],
    ['LETHE_FOUR_EYES', '1'],
    ['LETHE_PREVIEW_HOURS', '0'],
    ['LETHE_PREVIEW_HOURS', '721'],
    ['LETHE_UPLOAD_MEGABYTES', '0'],
    ['LETHE_UPLOAD_MEGABYTES', '1001'],
    ['LETHE_UPLOAD_MEGABYTES', '100MB'],
    ['LETHE_PUBLIC_URL', 'http://secret.example'],
    ['LETHE_PUBLIC_URL', 'https://secret.example/portal'],
    ['LETHE_SESSION_IDLE_MINUTES', '0'],
    ['LETHE_SESSION_IDLE_MINUTES', '481'],
    ['LETHE_SESSION_HOURS', '0'],
    ['LETHE_SESSION_HOURS', '25'],
  ])('refuses %s=%s by the name of the variable, without its value', (variable, value) => {
    let refusal: unknown;
    try {
      LetheConfig.from({ [variable]: value });
    } catch (error) {
      refusal = error;
    }

    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: 'SETTING_INVALID', extensions: { variable } });
    expect(`${String(refusal)} ${JSON.stringify(refusal)}`).not.toContain(value);
  });
});

import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { DomainError } from '../../kernel/domain-error';
import { Setting, settingsOf } from './setting.decorator';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const asInteger = () => Transform(({ value }: { value: string }) => (/^\d+$/.test(value) ? Number(value) : NaN));
const asBoolean = () => Transform(({ value }: { value: string }) => ({ true: true, false: false })[value] ?? value);

/** All settings, read from the environment once. Nothing else reads the environment. */
export class LetheConfig {
  @Setting('PORT', 'TCP port of the API; 0 selects a free port')
  @asInteger()
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly port: number = 3000;

  @Setting('DATABASE_URL', 'URL of a database, PostgreSQL 15 or newer', 'the embedded PostgreSQL 18 in the data folder')
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/)
  readonly databaseUrl?: string;

  @Setting('LETHE_DATA_DIR', 'folder of the archive, the embedded database and, by default, keys and ledger')
  @IsString()
  @MinLength(1)
  readonly dataDir: string = './data';

  @Setting('LETHE_LEDGER_DIR', 'folder of the erasure ledger', '`<LETHE_DATA_DIR>/ledger`')
  @IsOptional()
  @MinLength(1)
  readonly ledgerDir?: string;

  @Setting('LETHE_KEYS_DIR', 'folder of the key files', '`<LETHE_DATA_DIR>/keys`')
  @IsOptional()
  @MinLength(1)
  readonly keysDir?: string;

  @Setting('LETHE_BOOTSTRAP_PASSWORD', 'first password of the three initial logins', 'random, printed once')
  @IsOptional()
  @MaxLength(200)
  readonly bootstrapPassword?: string;

  @Setting(
    'LETHE_FISCAL_SEAL',
    'age recipient (`age1…`) for sealing retained documents; its identity is kept offline',
    'a key pair in the keys folder',
  )
  @IsOptional()
  @Matches(/^age1[02-9ac-hj-np-z]{58}$/)
  readonly fiscalSeal?: string;

  @Setting('LETHE_TIME_ZONE', "the shop's time zone, which decides the calendar day")
  @IsTimeZone()
  readonly timeZone: string = 'Europe/Berlin';

  @Setting('LETHE_RECENT_INVOICE_MONTHS', 'months during which an invoice is recent and blocks an anonymization')
  @asInteger()
  @IsInt()
  @Min(1)
  @Max(120)
  readonly recentInvoiceMonths: number = 6;

  @Setting('LETHE_FOUR_EYES', 'whether a run must be started by an administrator other than its creator')
  @asBoolean()
  @IsBoolean()
  readonly fourEyes: boolean = false;

  @Setting('LETHE_PREVIEW_HOURS', 'hours after its preview in which a run can be started')
  @asInteger()
  @IsInt()
  @Min(1)
  @Max(720)
  readonly previewHours: number = 24;

  @Setting('LETHE_UPLOAD_MEGABYTES', 'maximum size of an uploaded document, in units of 2^20 bytes')
  @asInteger()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly uploadMegabytes: number = 100;

  @Setting('LETHE_WORKERS', 'batches that this process anonymizes in parallel; 0 leaves runs to other processes')
  @asInteger()
  @IsInt()
  @Min(0)
  @Max(16)
  readonly workers: number = 2;

  @Setting('LETHE_METRICS_TOKEN', 'bearer token of `GET /api/v1/metrics`, 16 to 200 characters', 'no metrics')
  @IsOptional()
  @Matches(/^[\w.~+/-]{16,200}=*$/)
  readonly metricsToken?: string;

  @Setting('LETHE_PUBLIC_URL', '`https://…` address at which browsers reach Lethe behind a TLS proxy')
  @IsOptional()
  @Matches(/^https:\/\/[\w.-]+(:\d+)?\/?$/)
  readonly publicUrl?: string;

  @Setting('LETHE_SESSION_IDLE_MINUTES', 'minutes of inactivity after which a browser session ends')
  @asInteger()
  @IsInt()
  @Min(1)
  @Max(480)
  readonly sessionIdleMinutes: number = 30;

  @Setting('LETHE_SESSION_HOURS', 'hours after which a browser session ends, even if it is active')
  @asInteger()
  @IsInt()
  @Min(1)
  @Max(24)
  readonly sessionHours: number = 12;

  @Setting('LETHE_LOG_LEVEL', 'lowest level of the log lines that are written')
  @IsIn(LOG_LEVELS)
  readonly logLevel: (typeof LOG_LEVELS)[number] = 'info';

  get dataFolder(): string {
    return resolve(this.dataDir);
  }

  get keysFolder(): string {
    return resolve(this.keysDir ?? `${this.dataDir}/keys`);
  }

  get ledgerFolder(): string {
    return resolve(this.ledgerDir ?? `${this.dataDir}/ledger`);
  }

  get archiveFolder(): string {
    return resolve(`${this.dataDir}/archive`);
  }

  get uploadBytes(): number {
    return this.uploadMegabytes * 2 ** 20;
  }

  /** The same settings with another first password. */
  withBootstrapPassword(bootstrapPassword: string): LetheConfig {
    return Object.assign(Object.create(LetheConfig.prototype) as LetheConfig, this, { bootstrapPassword });
  }

  /** The same settings with another log level. */
  withLogLevel(logLevel: LetheConfig['logLevel']): LetheConfig {
    return Object.assign(Object.create(LetheConfig.prototype) as LetheConfig, this, { logLevel });
  }

  /** The settings of this process. */
  static fromEnvironment(): LetheConfig {
    return LetheConfig.from(process.env);
  }

  /**
   * @throws DomainError `SETTING_INVALID` with the name of the first wrong variable, never its value
   */
  static from(environment: NodeJS.ProcessEnv): LetheConfig {
    const settings = settingsOf(LetheConfig);
    const given = settings.map(({ property, variable }) => [property, environment[variable]] as const);
    // an empty variable counts as unset: compose files pass unset variables as empty ones
    const set = Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
    const config = plainToInstance(LetheConfig, set, { exposeDefaultValues: true });
    const [first] = validateSync(config);
    if (first === undefined) return config;
    const wrong = settings.find(({ property }) => property === first.property);
    throw new DomainError('SETTING_INVALID', { variable: wrong?.variable ?? first.property });
  }
}

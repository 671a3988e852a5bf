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

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const asInteger = () => Transform(({ value }: { value: string }) => (/^\d+$/.test(value) ? Number(value) : NaN));
const asBoolean = () => Transform(({ value }: { value: string }) => ({ true: true, false: false })[value] ?? value);
const named = (variable: string) => ({ context: { variable } });

/** Everything the environment can set, read once; the only place that reads it. */
export class LetheConfig {
  /** TCP port of the API; 0 takes a free one. */
  @asInteger()
  @IsInt(named('PORT'))
  @Min(0, named('PORT'))
  @Max(65535, named('PORT'))
  readonly port: number = 3000;

  /** A PostgreSQL 15 or newer; unset: the embedded one. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, named('DATABASE_URL'))
  readonly databaseUrl?: string;

  /** Embedded database, archive, keys and ledger. */
  @IsString(named('LETHE_DATA_DIR'))
  @MinLength(1, named('LETHE_DATA_DIR'))
  readonly dataDir: string = './data';

  @IsOptional()
  @MinLength(1, named('LETHE_LEDGER_DIR'))
  readonly ledgerDir?: string;

  @IsOptional()
  @MinLength(1, named('LETHE_KEYS_DIR'))
  readonly keysDir?: string;

  /** First password of the three bootstrap logins; unset: a random one, printed once. */
  @IsOptional()
  @MaxLength(200, named('LETHE_BOOTSTRAP_PASSWORD'))
  readonly bootstrapPassword?: string;

  /** An age recipient whose identity is kept offline; unset: a pair is made in the keys folder. */
  @IsOptional()
  @Matches(/^age1[02-9ac-hj-np-z]{58}$/, named('LETHE_FISCAL_SEAL'))
  readonly fiscalSeal?: string;

  /** The shop's time zone: decides which calendar day it is. */
  @IsTimeZone(named('LETHE_TIME_ZONE'))
  readonly timeZone: string = 'Europe/Berlin';

  /** Months for which an invoice counts as recent (domain section 6, rule 1). */
  @asInteger()
  @IsInt(named('LETHE_RECENT_INVOICE_MONTHS'))
  @Min(1, named('LETHE_RECENT_INVOICE_MONTHS'))
  @Max(120, named('LETHE_RECENT_INVOICE_MONTHS'))
  readonly recentInvoiceMonths: number = 6;

  /** A run is started by someone else than who created it. */
  @asBoolean()
  @IsBoolean(named('LETHE_FOUR_EYES'))
  readonly fourEyes: boolean = false;

  /** Hours for which a preview may be started. */
  @asInteger()
  @IsInt(named('LETHE_PREVIEW_HOURS'))
  @Min(1, named('LETHE_PREVIEW_HOURS'))
  @Max(720, named('LETHE_PREVIEW_HOURS'))
  readonly previewHours: number = 24;

  /** The largest document that can be uploaded, in megabytes (2^20 bytes). */
  @asInteger()
  @IsInt(named('LETHE_UPLOAD_MEGABYTES'))
  @Min(1, named('LETHE_UPLOAD_MEGABYTES'))
  @Max(1000, named('LETHE_UPLOAD_MEGABYTES'))
  readonly uploadMegabytes: number = 100;

  /** Sets of a run that this process works on at the same time; 0 leaves runs to other processes. */
  @asInteger()
  @IsInt(named('LETHE_WORKERS'))
  @Min(0, named('LETHE_WORKERS'))
  @Max(16, named('LETHE_WORKERS'))
  readonly workers: number = 2;

  /** The bearer token with which `GET /metrics` is read; unset: there are no metrics. */
  @IsOptional()
  @Matches(/^[\w.~+/-]{16,200}=*$/, named('LETHE_METRICS_TOKEN'))
  readonly metricsToken?: string;

  /** Where browsers reach the product, when a proxy in front of it speaks TLS for it. */
  @IsOptional()
  @Matches(/^https:\/\/[\w.-]+(:\d+)?\/?$/, named('LETHE_PUBLIC_URL'))
  readonly publicUrl?: string;

  /** Minutes after which a browser's session ends when nothing happens. */
  @asInteger()
  @IsInt(named('LETHE_SESSION_IDLE_MINUTES'))
  @Min(1, named('LETHE_SESSION_IDLE_MINUTES'))
  @Max(480, named('LETHE_SESSION_IDLE_MINUTES'))
  readonly sessionIdleMinutes: number = 30;

  /** Hours after which it ends whatever happens. */
  @asInteger()
  @IsInt(named('LETHE_SESSION_HOURS'))
  @Min(1, named('LETHE_SESSION_HOURS'))
  @Max(24, named('LETHE_SESSION_HOURS'))
  readonly sessionHours: number = 12;

  @IsIn(LOG_LEVELS, named('LETHE_LOG_LEVEL'))
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
    const given = {
      port: environment.PORT,
      databaseUrl: environment.DATABASE_URL,
      dataDir: environment.LETHE_DATA_DIR,
      ledgerDir: environment.LETHE_LEDGER_DIR,
      keysDir: environment.LETHE_KEYS_DIR,
      bootstrapPassword: environment.LETHE_BOOTSTRAP_PASSWORD,
      fiscalSeal: environment.LETHE_FISCAL_SEAL,
      timeZone: environment.LETHE_TIME_ZONE,
      recentInvoiceMonths: environment.LETHE_RECENT_INVOICE_MONTHS,
      fourEyes: environment.LETHE_FOUR_EYES,
      previewHours: environment.LETHE_PREVIEW_HOURS,
      uploadMegabytes: environment.LETHE_UPLOAD_MEGABYTES,
      workers: environment.LETHE_WORKERS,
      metricsToken: environment.LETHE_METRICS_TOKEN,
      publicUrl: environment.LETHE_PUBLIC_URL,
      sessionIdleMinutes: environment.LETHE_SESSION_IDLE_MINUTES,
      sessionHours: environment.LETHE_SESSION_HOURS,
      logLevel: environment.LETHE_LOG_LEVEL,
    };
    // an empty variable counts as unset, as compose files write it
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
    const config = plainToInstance(LetheConfig, set, { exposeDefaultValues: true });
    const [first] = validateSync(config);
    if (first !== undefined) {
      const [context] = Object.values(first.contexts ?? {}) as { variable: string }[];
      throw new DomainError('SETTING_INVALID', { variable: context?.variable ?? first.property });
    }
    return config;
  }
}

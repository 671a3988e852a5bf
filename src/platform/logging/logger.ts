import { Injectable, type LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';
import { LetheConfig } from '../config/lethe-config';
import { describeError } from './describe-error';

/** Fields of a log line: ids, codes, counts, durations. Never a value from a personal column. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

/**
 * Logs one JSON line per event. Nest also logs through it, but only the messages that are known to contain no values.
 */
@Injectable()
export class Logger implements LoggerService {
  private readonly pino: Pino;

  constructor(config: LetheConfig) {
    this.pino = pino({ level: config.logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  }

  event(event: string, fields: LogFields = {}): void {
    this.pino.info({ event, ...fields });
  }

  failure(event: string, error: unknown, fields: LogFields = {}): void {
    this.pino.error({ event, ...fields, error: describeError(error) });
  }

  caution(event: string, fields: LogFields = {}): void {
    this.pino.warn({ event, ...fields });
  }

  /** Nest logs only names of modules and routes at start-up. */
  log(message: unknown, context?: string): void {
    this.pino.debug({ event: 'nest', context, message: String(message) });
  }

  error(message: unknown, _stack?: string, context?: string): void {
    if (!(message instanceof Error)) return; // the error itself is thrown as well; a text may contain a value
    this.pino.error({ event: 'nest_error', context, error: describeError(message) });
  }

  warn(_message: unknown, context?: string): void {
    this.pino.warn({ event: 'nest_warning', context });
  }

  debug(): void {}

  verbose(): void {}

  fatal(message: unknown, context?: string): void {
    this.pino.fatal({ event: 'nest_fatal', context, error: describeError(message) });
  }
}

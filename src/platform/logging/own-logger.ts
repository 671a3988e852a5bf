import { type INestApplicationContext, Logger as NestLogger } from '@nestjs/common';
import { Logger } from './logger';

/**
 * Options of an application whose start may be refused. Nest would print the refusal with its stack; whoever starts the
 * product prints it in one line.
 */
export const QUIET_START = { bufferLogs: true, autoFlushLogs: false, abortOnError: false } as const;

/** Sends the framework's lines through the product's logger, those of the start included. */
export function useOwnLogger(app: INestApplicationContext): Logger {
  const logger = app.get(Logger);
  app.useLogger(logger);
  NestLogger.flush();
  return logger;
}

import { type INestApplicationContext, Logger as NestLogger } from '@nestjs/common';
import { Logger } from './logger';

/**
 * Options for creating an application that may refuse to start. They keep Nest from printing the error with its stack;
 * the caller prints one line instead.
 */
export const QUIET_START = { bufferLogs: true, autoFlushLogs: false, abortOnError: false } as const;

/** Makes Nest log through the product's logger, including the buffered lines of the start. */
export function useOwnLogger(app: INestApplicationContext): Logger {
  const logger = app.get(Logger);
  app.useLogger(logger);
  NestLogger.flush();
  return logger;
}

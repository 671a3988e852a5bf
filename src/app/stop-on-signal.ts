import type { Logger } from '../platform/logging/logger';

const SHUTDOWN_TIMEOUT_MS = 9_000;

/** Ends the process within 10 s of SIGTERM or SIGINT, gracefully when `stop` resolves in time. */
export function stopOnSignal(stop: () => Promise<void>, logger: Logger): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      logger.event('stopping', { signal });
      // an open connection must not keep the process alive
      setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.failure('stop_failed', error);
          process.exit(1);
        },
      );
    });
}

import { type DestinationStream, type LoggerOptions, pino as originalPino } from 'pino/pino.js';
import { noteInSink } from './sinks';

const toSink = { write: (line: string) => noteInSink('application-log', line) };

/**
 * Replaces `pino` under jest: lines are logged at the requested level as usual, and all from debug up are copied to a
 * sink.
 */
export const pino = Object.assign(
  (options: LoggerOptions, destination: DestinationStream = originalPino.destination(1)) =>
    originalPino(
      { ...options, level: 'debug' },
      originalPino.multistream([
        { level: options.level as 'silent', stream: destination },
        { level: 'debug', stream: toSink },
      ]),
    ),
  originalPino,
);

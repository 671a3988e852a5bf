import { type DestinationStream, type LoggerOptions, pino as originalPino } from 'pino/pino.js';
import { noteInSink } from './sinks';

const toSink = { write: (line: string) => noteInSink('application-log', line) };

/** Under jest this is `pino`: each line goes where it was to go at the level that was asked for, and all from debug on into a sink. */
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

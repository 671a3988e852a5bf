import { readFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app/app.module';
import { DomainError } from '../../kernel/domain-error';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import { QUIET_START, useOwnLogger } from '../../platform/logging/own-logger';
import { ANONYMIZE_OPTIONS, type AnonymizeOptions, readAnonymizeOptions } from '../anonymize-options';
import { AnonymizeProgram } from '../anonymize-program';
import { OperatorConsole, OperatorInterrupted } from '../operator-console';
import { openForChanges } from '../open-for-changes';
import { defineCommand, WrongUsage } from '../define-command';

const INTERRUPTED = 130;
const LEFT =
  'Interrupted. A started run continues in a serving process or worker, or when the next one starts.\n' +
  'To stop it: POST /api/v1/anonymization-runs/<id>/pause or …/cancel.';

/** `npm run anonymize`: previews and anonymizes the customers of a selection, with or without a serving process. */
async function run(options: AnonymizeOptions): Promise<number> {
  const operator = new OperatorConsole(process.stdin, process.stdout);
  const password = await passwordFor(options, operator);
  process.stdout.on('error', () => undefined); // a closed pipe, as with `| head`, must not abort the command
  const leaving = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => leaving.abort(new OperatorInterrupted()));
  return anonymize(options, password, operator, leaving.signal);
}

async function anonymize(
  options: AnonymizeOptions,
  password: string,
  operator: OperatorConsole,
  leaving: AbortSignal,
): Promise<number> {
  const config = LetheConfig.fromEnvironment().withLogLevel('error');
  const access = await openForChanges(config);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.of(config, access, 'WORKER'), QUIET_START);
    useOwnLogger(app);
    try {
      return await new AnonymizeProgram(app, operator, leaving).anonymizeSelection(options, password);
    } catch (error) {
      if (!leaving.aborted && !(error instanceof OperatorInterrupted)) throw error;
      operator.line(LEFT);
      return INTERRUPTED;
    } finally {
      await app.close();
    }
  } finally {
    await access.stop();
  }
}

async function passwordFor({ passwordFile }: AnonymizeOptions, operator: OperatorConsole): Promise<string> {
  if (passwordFile === null) return operator.askHidden('Password: ');
  const text = await readFile(callerPath(passwordFile), 'utf8').catch(() => {
    throw new DomainError('PASSWORD_FILE_UNREADABLE');
  });
  return text.split(/\r?\n/, 1)[0]!;
}

export const command = defineCommand({
  name: 'anonymize',
  usage: ['--selection NAME --as USERNAME --reason REASON [options]', '--selection NAME --as USERNAME --dry-run'],
  purpose: 'Previews and anonymizes the customers of a selection.',

  options: ANONYMIZE_OPTIONS,
  exitCodes: {
    3: 'some customers failed or were cancelled',
    130: 'interrupted with Ctrl-C; a started run continues',
  },
  run: async (values) => {
    const options = readAnonymizeOptions(values);
    if (options === null) throw new WrongUsage();
    return run(options).catch((error: unknown) => {
      if (error instanceof OperatorInterrupted) return INTERRUPTED;
      throw error;
    });
  },
});

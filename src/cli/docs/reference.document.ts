import { OPERATOR_CODES } from '../../kernel/error-codes';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import { COMMANDS } from '../commands';
import { type CommandDescription, type CommandUsage, USUAL_EXIT_CODES, usageOf } from '../define-command';
import { lineFor } from '../error-lines';

/** Renders the commands and their exit codes as a Markdown page. */
export function renderCommands(): string {
  return markdownPage('Commands', 'src/cli/commands', [
    'This page lists the commands for operators. `npm run COMMAND -- PARAMETERS` builds what is out of date, reads ' +
      'the [settings](settings.md) and runs the command. `--help` prints its usage. Relative paths start from the ' +
      'folder in which it is called.',
    'Usual exit codes:',
    exitCodeTable(Object.entries(USUAL_EXIT_CODES)),
    ...COMMANDS.flatMap(renderCommand),
  ]);
}

function renderCommand(command: CommandDescription): string[] {
  const { calls, options, exitCodes } = usageOf(command);
  return [
    `## ${command.name}`,
    command.purpose,
    ['```sh', ...calls, '```'].join('\n'),
    ...(options.length === 0 ? [] : [optionTable(options)]),
    ...(Object.keys(command.exitCodes).length === 0 ? [] : [exitCodeTable(exitCodes)]),
  ];
}

const optionTable = (options: CommandUsage['options']): string =>
  markdownTable(
    ['option', 'meaning'],
    options.map(([option, purpose]) => [`\`${option}\``, purpose]),
  );

const exitCodeTable = (exitCodes: CommandUsage['exitCodes']): string =>
  markdownTable(['exit code', 'meaning'], exitCodes);

/** Renders the error lines of starts and commands as a Markdown page. */
export function renderRefusals(): string {
  return markdownPage('Refused starts and commands', 'src/cli/error-lines.ts', [
    'A process or command that cannot continue prints one of these lines to standard error. A start exits with code ' +
      '1, a command with its code in [commands](commands.md). Words in capitals stand for names and codes. ' +
      '[Configure](../operations/configure.md#refused-starts) says what to do.',
    markdownTable(
      ['code', 'line'],
      OPERATOR_CODES.map((code) => [`\`${code}\``, lineFor(code, PLACEHOLDERS)]),
    ),
  ]);
}

/** Extensions of an error for the documentation: each value is the name of the extension in capitals. */
const PLACEHOLDERS = new Proxy<Readonly<Record<string, unknown>>>({}, { get: (_, name) => String(name).toUpperCase() });

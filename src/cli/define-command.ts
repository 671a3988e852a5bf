import { parseArgs } from 'node:util';

/** An option of a command in the format of node:util's parseArgs, with its description. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** placeholder for the value of a string option, such as FILE */
  readonly value?: string;
  readonly purpose: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

export type ValuesOf<Options extends CommandOptions> = {
  readonly [Name in keyof Options]?: Options[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Options[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string;
};

/** The description of a command. Help and docs/reference/commands.md are rendered from it. */
export interface CommandDescription {
  /** as in `npm run erasure:scan` */
  readonly name: string;
  /** each form of the call, without the name of the command */
  readonly usage: readonly string[];
  /** one sentence */
  readonly purpose: string;
  readonly options: CommandOptions;
  /** meaning of each exit code that is not in {@link USUAL_EXIT_CODES} */
  readonly exitCodes: Readonly<Record<number, string>>;
}

export interface Command extends CommandDescription {
  /**
   * Runs the command.
   *
   * @returns its exit code; undefined when the process ends by itself or continues to serve
   * @throws WrongUsage
   */
  readonly run: (parameters: readonly string[]) => Promise<number | undefined>;
}

interface CommandDefinition<Options extends CommandOptions> extends CommandDescription {
  readonly options: Options;
  /** minimum and maximum number of operands; none by default */
  readonly operands?: readonly [least: number, most: number];
  readonly run: (values: ValuesOf<Options>, operands: readonly string[]) => Promise<number | undefined>;
}

/** Exit codes of every command that does not define them differently. */
export const USUAL_EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'refused or failed; standard error says why, in one line',
  2: 'wrong usage; standard error shows the usage',
};

/** The command was called incorrectly. It exits with 2 and prints this message, or else its usage. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Defines a command. Options and operands are parsed and checked before `run`. */
export function defineCommand<const Options extends CommandOptions>(definition: CommandDefinition<Options>): Command {
  const { options, operands: [least, most] = [0, 0], run } = definition;
  return {
    ...definition,
    run: async (parameters) => {
      const { values, operands } = readParameters(options, parameters);
      if (operands.length < least || operands.length > most) throw new WrongUsage();
      return run(values, operands);
    },
  };
}

/** @throws WrongUsage for an unknown option, or an option without its value */
export function readParameters<Options extends CommandOptions>(
  options: Options,
  parameters: readonly string[],
): { readonly values: ValuesOf<Options>; readonly operands: readonly string[] } {
  try {
    const given = parseArgs({ args: [...parameters], options, allowPositionals: true });
    return { values: given.values, operands: given.positionals };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS_')) throw new WrongUsage();
    throw error;
  }
}

/** The rows of a command's description, for help and documentation. */
export interface CommandUsage {
  readonly calls: readonly string[];
  readonly options: readonly (readonly [option: string, purpose: string])[];
  /** including the usual ones */
  readonly exitCodes: readonly (readonly [code: string, meaning: string])[];
}

export function usageOf({ name, usage, options, exitCodes }: CommandDescription): CommandUsage {
  return {
    calls: usage.map((each) => `npm run ${name}${each === '' ? '' : ` -- ${each}`}`),
    options: Object.entries(options).map(([option, { value, purpose }]) => [
      `--${option}${value === undefined ? '' : ` ${value}`}`,
      purpose,
    ]),
    exitCodes: Object.entries({ ...USUAL_EXIT_CODES, ...exitCodes }),
  };
}

/** The usage of a command, printed to standard output for `--help` and to standard error after wrong usage. */
export function renderUsage(command: CommandDescription): string {
  const { calls, options, exitCodes } = usageOf(command);
  const width = Math.max(0, ...options.map(([option]) => option.length));
  return [
    `Usage: ${calls.join('\n       ')}`,
    command.purpose,
    ...(options.length === 0 ? [] : [options.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`).join('\n')]),
    ['Exit codes:', ...exitCodes.map(([code, meaning]) => `  ${code.padEnd(3)}  ${meaning}`)].join('\n'),
  ].join('\n\n');
}

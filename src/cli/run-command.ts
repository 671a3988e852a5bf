import { type Command, renderUsage, WrongUsage } from './define-command';
import { reportAndExit } from './report-and-exit';

const WRONG_USAGE = 2;

/** Runs the command in a file of `commands/`: `run-command erasure-scan --values FILE`. */
async function main([file, ...parameters]: readonly string[]): Promise<number | undefined> {
  const { command } = (await import(`./commands/${file}.command`)) as { readonly command: Command };
  if (parameters.includes('--help')) {
    process.stdout.write(`${renderUsage(command)}\n`);
    return 0;
  }
  try {
    return await command.run(parameters);
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    process.stderr.write(`${error.message === '' ? renderUsage(command) : error.message}\n`);
    return WRONG_USAGE;
  }
}

/** Ends the process when its output is written. A command may leave handles open, such as its terminal. */
function exit(exitCode: number): void {
  process.exitCode = exitCode;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}

main(process.argv.slice(2)).then((exitCode) => exitCode !== undefined && exit(exitCode), reportAndExit);

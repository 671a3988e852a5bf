import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { type CommandDescription, renderUsage } from '../../src/cli/define-command';

const PROJECT = join(__dirname, '../..');

/** Commands for developers of Lethe, described in CONTRIBUTING.md. */
const FOR_DEVELOPERS = new Set(['docs:generate', 'bench', 'test', 'test:ready', 'test:faults', 'test:portal']);
/** Listed with the commands, but separate programs. */
const SERVING = new Set(['start', 'worker']);

/** The commands of package.json that scripts/run.mjs runs. */
function scripts(): string[] {
  const { scripts: all } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return Object.keys(all).filter((name) => all[name]!.includes('node scripts/run.mjs') && !FOR_DEVELOPERS.has(name));
}

const byName = (each: CommandDescription) => [each.name, each] as const;

describe('the command reference', () => {
  it('has every command of package.json', () => {
    expect(COMMANDS.map(({ name }) => name).sort()).toEqual(scripts().sort());
  });

  it('has every file of src/cli/commands under its name', () => {
    const files = readdirSync(join(PROJECT, 'src/cli/commands')).filter((file) => file !== 'index.ts');
    const names = COMMANDS.map(({ name }) => name).filter((name) => !SERVING.has(name));
    expect(files.sort()).toEqual(names.map((name) => `${name.replaceAll(':', '-')}.command.ts`).sort());
  });

  it.each(COMMANDS.map(byName))('%s mentions only existing options in its usage', (_, { usage, options }) => {
    const named = usage.flatMap((each) => [...each.matchAll(/--([\w-]+)/g)].map(([, option]) => option!));
    expect(named.filter((option) => !Object.keys(options).includes(option))).toEqual([]);
  });

  it.each(COMMANDS.map(byName))('%s explains its usage and exit codes in its help', (_, each) => {
    const help = renderUsage(each);
    for (const call of each.usage) expect(help).toContain(`npm run ${each.name}${call === '' ? '' : ` -- ${call}`}`);
    for (const option of Object.keys(each.options)) expect(help).toMatch(new RegExp(`^  --${option}\\b.+$`, 'm'));
    for (const code of ['0', '1', '2', ...Object.keys(each.exitCodes)])
      expect(help).toMatch(new RegExp(`^  ${code} .+$`, 'm'));
  });
});

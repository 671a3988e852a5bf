import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/command-reference';

const PROJECT = join(__dirname, '../..');

/** Commands of people who work on Lethe; CONTRIBUTING.md describes them. */
const FOR_DEVELOPERS = new Set(['docs:generate', 'bench', 'test', 'test:ready', 'test:faults', 'test:portal']);

/** The commands of package.json that scripts/run.mjs runs. */
function scripts(): string[] {
  const { scripts: all } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return Object.keys(all).filter((name) => all[name]!.includes('node scripts/run.mjs') && !FOR_DEVELOPERS.has(name));
}

/** The programs with one space between words; what a usage fills in is called REASON. */
const programs = readdirSync(join(PROJECT, 'src/cli'))
  .filter((file) => file !== 'command-reference.ts')
  .map((file) => readFileSync(join(PROJECT, 'src/cli', file), 'utf8'))
  .join('\n')
  .replaceAll(/\$\{[^}]+\}/g, 'REASON')
  .replaceAll(/ +/g, ' ');

describe('the command reference', () => {
  it('has every command of package.json', () => {
    expect(COMMANDS.map(({ command }) => command).sort()).toEqual(scripts().sort());
  });

  it.each(
    COMMANDS.flatMap(({ command, parameters }) =>
      parameters.filter((each) => each !== '').map((each) => [command, each] as const),
    ),
  )('%s %s is in the usage of the program', (command, parameters) => {
    expect(programs).toContain(`npm run ${command} -- ${parameters}`);
  });
});

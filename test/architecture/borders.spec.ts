import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PROJECT = join(__dirname, '../..');
const DEPCRUISE = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Violations of the rules of .dependency-cruiser.cjs in `<folder>/src`, as lines `rule: from → to`. */
function violationsIn(folder: string): string[] {
  const options = ['src', 'portal/src', '--config', join(PROJECT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [DEPCRUISE, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { totalCruised: number; violations: Violation[] } };
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort();
}

describe('borders', () => {
  it('are kept', () => {
    expect(violationsIn(PROJECT)).toEqual([]);
  });

  describe('are reported when', () => {
    /** A miniature product: imports by path (own files as types, which count as well, or by `value:`). */
    const FILES: Readonly<Record<string, readonly string[]>> = {
      'src/kernel/blocker.ts': ['node:crypto', '../platform/clock/clock'],
      'src/kernel/money.ts': ['@nestjs/common'],
      'src/libraries/redaction/index.ts': ['./redactor'],
      'src/libraries/redaction/redactor.ts': ['../../kernel/blocker'],
      'src/platform/clock/clock.ts': ['../../kernel/blocker', '../../libraries/redaction', 'pg'],
      'src/platform/database/migrate.ts': ['../../../migrations'],
      'src/platform/database/roles.ts': [
        '../../../migrations',
        '../../modules/audit',
        '../../libraries/redaction/redactor',
      ],
      'src/modules/audit/index.ts': ['./audit-log'],
      'src/modules/audit/audit-log.ts': ['../../platform/clock/clock', '../customer'],
      'src/modules/records/index.ts': ['../customer'],
      'src/modules/customer/index.ts': ['./customer'],
      'src/modules/customer/customer.ts': ['../audit', '../finance', '../../app/serve'],
      'src/modules/customer/customer.module.ts': ['.'],
      'src/modules/archive/index.ts': ['./seal'],
      'src/modules/archive/seal.ts': ['../customer'],
      'src/modules/finance/index.ts': ['./invoice'],
      'src/modules/finance/invoice.ts': ['../archive', '../archive/seal', '../anonymization', '../../app/entities'],
      'src/modules/device/index.ts': ['../finance'],
      'src/modules/anonymization/index.ts': ['./saga', '../finance'],
      'src/modules/anonymization/saga.ts': ['./step'],
      'src/modules/anonymization/step.ts': ['./saga'],
      'src/modules/novelty/index.ts': ['../audit'],
      'src/app/entities.ts': ['../modules/finance/invoice'],
      'src/demo/demo.ts': ['../kernel/blocker', '../modules/audit'],
      'src/cli/demo.ts': ['../demo/demo', '../modules/audit/audit-log'],
      'src/app/serve.ts': ['../demo/demo', './entities', '../../test/support', 'jest', 'unheard-of', './missing'],
      'src/app/portal-files.ts': ['../../portal/src/portal'],
      'migrations/index.ts': [],
      'test/support.ts': [],
      'portal/src/main.tsx': ['./portal', './shell/pages'],
      'portal/src/portal.tsx': ['./shell/pages', './pages/runs/runs-page'],
      'portal/src/shell/pages.tsx': ['../pages/runs/runs-page', '../pages/audit/audit-page'],
      'portal/src/api/codes.ts': ['./schema', '../words/en'],
      'portal/src/ui/section.tsx': ['../pages/runs/run-states', '../api/codes', '../words/words'],
      'portal/src/pages/runs/runs-page.tsx': ['./run-states', '../../ui/section', '../../shell/pages'],
      'portal/src/pages/runs/run-states.ts': ['../../../../src/kernel/money'],
      'portal/src/pages/audit/audit-page.tsx': ['../runs/run-states', './words', '../../../../test/support'],
      'portal/src/pages/audit/words.ts': ['value:../../words/words', 'value:./words.de'],
      'portal/src/pages/audit/words.de.ts': ['../../ui/section', 'value:../../api/codes'],
      'portal/src/words/words.ts': ['value:./en'],
      'portal/src/words/en.ts': ['../api/codes', 'virtual:record-fields'],
    };
    let folder: string;
    let found: string[];

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'lethe-borders-'));
      const write = (path: string, text: string) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      };
      for (const [path, imports] of Object.entries(FILES))
        write(
          path,
          `${imports.map((name) => (name.startsWith('.') ? `import type {} from '${name}';` : `import '${name.replace('value:', '')}';`)).join('\n')}\nexport {};\n`,
        );
      for (const name of ['@nestjs/common', 'pg', 'jest'])
        write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      for (const name of ['@nestjs/common', 'pg', 'jest']) write(`node_modules/${name}/index.js`, '');
      write(
        'package.json',
        JSON.stringify({ dependencies: { '@nestjs/common': '1', pg: '1' }, devDependencies: { jest: '1' } }),
      );
      write('tsconfig.json', '{}');
      found = violationsIn(folder);
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each([
      ['the kernel imports a framework', 'kernel-is-pure: src/kernel/money.ts → node_modules/@nestjs/common/index.js'],
      [
        'a library imports the product',
        'libraries-are-independent: src/libraries/redaction/redactor.ts → src/kernel/blocker.ts',
      ],
      [
        'another file of a library than its index is imported',
        'libraries-only-through-index: src/platform/database/roles.ts → src/libraries/redaction/redactor.ts',
      ],
      ['the kernel imports Node', 'kernel-is-pure: src/kernel/blocker.ts → crypto'],
      ['the kernel imports the platform', 'kernel-is-pure: src/kernel/blocker.ts → src/platform/clock/clock.ts'],
      [
        'the platform imports a module',
        'platform-is-generic: src/platform/database/roles.ts → src/modules/audit/index.ts',
      ],
      [
        'another part runs migrations',
        'migrations-only-from-migrate: src/platform/database/roles.ts → migrations/index.ts',
      ],
      [
        'another file of a module than its index is imported',
        'modules-only-through-index: src/modules/finance/invoice.ts → src/modules/archive/seal.ts',
      ],
      [
        'a module imports its own index',
        'no-import-of-own-index: src/modules/customer/customer.module.ts → src/modules/customer/index.ts',
      ],
      [
        'the audit log imports a participant',
        'audit-imports: src/modules/audit/audit-log.ts → src/modules/customer/index.ts',
      ],
      [
        'the customer imports a participant',
        'customer-imports: src/modules/customer/customer.ts → src/modules/finance/index.ts',
      ],
      [
        'the records import a participant',
        'records-imports: src/modules/records/index.ts → src/modules/customer/index.ts',
      ],
      ['a participant imports its peer', 'device-imports: src/modules/device/index.ts → src/modules/finance/index.ts'],
      [
        'a participant imports the anonymization',
        'finance-imports: src/modules/finance/invoice.ts → src/modules/anonymization/index.ts',
      ],
      ['a module is new', 'module-is-declared: src/modules/novelty/index.ts → src/modules/audit/index.ts'],
      ['a module imports a program', 'no-import-of-app-or-cli: src/modules/customer/customer.ts → src/app/serve.ts'],
      [
        'a module imports the list of entities',
        'no-import-of-app-or-cli: src/modules/finance/invoice.ts → src/app/entities.ts',
      ],
      ['the demo imports the product', 'demo-is-independent: src/demo/demo.ts → src/modules/audit/index.ts'],
      ['the product imports the demo', 'demo-only-from-cli: src/app/serve.ts → src/demo/demo.ts'],
      [
        'two files import each other',
        'no-cycles: src/modules/anonymization/saga.ts → src/modules/anonymization/step.ts',
      ],
      ['the product imports a test', 'no-test-code: src/app/serve.ts → test/support.ts'],
      [
        'the product imports a package that it does not ship',
        'only-shipped-packages: src/app/serve.ts → node_modules/jest/index.js',
      ],
      [
        'the portal imports the product',
        'portal-uses-only-the-api: portal/src/pages/runs/run-states.ts → src/kernel/money.ts',
      ],
      ['the product imports the portal', 'no-import-of-portal: src/app/portal-files.ts → portal/src/portal.tsx'],
      [
        'a page imports one of another area',
        'portal-areas-are-independent: portal/src/pages/audit/audit-page.tsx → portal/src/pages/runs/run-states.ts',
      ],
      [
        'a part that all pages share imports a page',
        'portal-pages-only-from-routes: portal/src/ui/section.tsx → portal/src/pages/runs/run-states.ts',
      ],
      [
        'a page is imported outside of shell/pages.tsx',
        'portal-pages-only-from-routes: portal/src/portal.tsx → portal/src/pages/runs/runs-page.tsx',
      ],
      [
        'a page imports the shell',
        'no-import-of-portal-shell: portal/src/pages/runs/runs-page.tsx → portal/src/shell/pages.tsx',
      ],
      [
        'the client of the API imports texts',
        'portal-api-is-independent: portal/src/api/codes.ts → portal/src/words/en.ts',
      ],
      [
        'texts import more than types',
        'portal-words-are-independent: portal/src/pages/audit/words.de.ts → portal/src/api/codes.ts',
      ],
      ['the portal imports a test', 'no-test-code: portal/src/pages/audit/audit-page.tsx → test/support.ts'],
      ['a package does not exist', 'imports-resolve: src/app/serve.ts → unheard-of'],
      ['a file does not exist', 'imports-resolve: src/app/serve.ts → ./missing'],
    ])('%s', (_, violation) => {
      expect(found).toContain(violation);
    });

    it('and only then', () => {
      const innocent = [
        'src/platform/clock/clock.ts',
        'src/platform/database/migrate.ts',
        'src/modules/archive/seal.ts',
        'src/app/entities.ts',
        'src/cli/demo.ts',
        'portal/src/main.tsx',
        'portal/src/shell/pages.tsx',
        'portal/src/pages/audit/words.ts',
        'portal/src/words/words.ts',
        'portal/src/words/en.ts',
      ];
      const blamed = found.filter(
        (line) => !line.startsWith('no-cycles:') && innocent.some((path) => line.includes(`: ${path} →`)),
      );
      expect(blamed).toEqual([]);
    });
  });
});

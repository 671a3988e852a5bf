import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'data/',
      'coverage/',
      '**/*.cjs',
      '**/*.mjs',
      'scripts/',
      'portal/src/api/schema.d.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/platform/config reads the environment.' },
      ],
    },
  },
  {
    files: ['src/platform/config/**', 'test/**', 'src/cli/**', 'bench/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    // a repository of another connection would write outside of the transaction
    files: ['src/modules/**'],
    ignores: [
      'src/modules/data-map/data-map.ts', // reads what the entities declare
      'src/modules/health/health.controller.ts', // asks whether the database answers
      'src/modules/metrics/sources/database-metrics.ts', // counts the connections of the pool
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'typeorm',
              importNames: ['DataSource', 'EntityManager', 'Repository'],
              message: 'Use TransactionRunner.repository(Entity): it writes in the current transaction.',
            },
            { name: '@nestjs/typeorm', message: 'Use TransactionRunner.repository(Entity) instead.' },
          ],
        },
      ],
    },
  },
  {
    files: ['portal/**'],
    rules: {
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@tanstack/react-query',
              importNames: ['useMutation'],
              message: 'useCommand of portal/src/api never sends late, and aborts when its page goes away.',
            },
          ],
        },
      ],
    },
  },
  {
    // supertest bodies are untyped JSON
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
);

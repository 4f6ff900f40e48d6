import eslint from '@eslint/js'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = [
  '**/*.test.ts',
  '**/*-contract.ts',
  '**/*.fake.ts',
  '**/arbitrary-*.ts',
  '**/{testing,test-support}/**',
  'tests/**',
]
const browserSafe = ['packages/{protocol,names,tabletop,client}/**/*.ts', 'apps/web/src/**']
/** Where effects may enter: what is run, what wraps a technology, and what only ever runs on a developer's machine. */
const adapters = [
  'packages/{storage,coordination,process-kit}/**',
  'packages/**/{sql,sqlite,redis,web,system}-*.ts',
]

/** Rules about the shape of the code that hold in every TypeScript and Vue file of ours. See STYLE.md. */
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals, or an object `as const`.' }
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
}
const noTopLevelLet = {
  selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
  message: 'State that outlives a call belongs to an object that somebody created and disposes.',
}
const noEnvironment = {
  selector: 'MemberExpression[object.name=/^(process|Bun)$/][property.name="env"]',
  message: 'Settings are read in apps/*/config.ts alone and handed on as arguments.',
}
/** ESLint replaces this rule's options instead of adding to them, so every block names its whole list. */
const noSyntax = (...entries) => ({ 'no-restricted-syntax': ['error', ...entries] })

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'data/**',
      'coverage/**',
      'test-results/**',
      '**/*.generated.ts',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,vue}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A default that calls assertNever makes the compiler find the missing case.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Names are counted in code points and graphemes on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // In memory a port answers at once, and is asynchronous all the same.
      '@typescript-eslint/require-await': 'off',
      // A type parameter that is used once often names what a caller has to spell out.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'off', // the typed rule of the same name sees more
      'no-control-regex': 'off', // names and frames are checked for control characters on purpose
      'no-undef': 'off', // TypeScript knows better
      'no-console': 'error',
      ...noSyntax(noEnum, noDefaultExport, noTopLevelLet, noEnvironment),
    },
  },
  {
    files: ['packages/**/*.ts'],
    ignores: [...tests, ...adapters],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take a Clock: rules and services are handed the time.' },
        {
          object: 'Math',
          property: 'random',
          message: 'Take a Random: dice and ids are handed their chance.',
        },
        { object: 'crypto', property: 'randomUUID', message: 'Take a Random.' },
        { object: 'crypto', property: 'getRandomValues', message: 'Take a Random.' },
      ],
    },
  },
  {
    files: browserSafe,
    ignores: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Bun', 'process', 'Buffer', 'global', 'require', '__dirname'].map((name) => ({
          name,
          message: 'This code runs in browsers too.',
        })),
      ],
    },
  },
  // Composables hand out functions to be taken apart: `const { t } = useI18n()`.
  { files: ['apps/web/src/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['**/*.vue'],
    extends: [
      ...vue.configs['flat/recommended'],
      vue.configs['no-layout-rules'],
      ...accessibility.configs['flat/recommended'],
    ],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-v-html': 'error',
      // A label may wrap its control or point at it; either is enough.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      ...noSyntax(noEnum, noEnvironment),
    },
  },
  {
    files: ['apps/*/config.ts', 'scripts/**/*.ts', 'tools/**/*.ts'],
    rules: { ...noSyntax(noEnum, noDefaultExport, noTopLevelLet) },
  },
  { files: ['**/*.config.{ts,js,mjs}', '**/*.d.ts'], rules: { ...noSyntax(noEnum) } },
  {
    files: ['scripts/**', 'tools/**', 'apps/{all-in-one,identity,game-server}/**', 'packages/process-kit/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    rules: {
      ...noSyntax(noEnum, noDefaultExport),
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-console': 'off',
      // Matchers such as `expect(x).resolves` and handed-over methods are what tests are made of.
      '@typescript-eslint/unbound-method': 'off',
      // `await expect(promise).rejects.toThrow()` is typed as returning nothing, and has to be awaited.
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node } },
  },
  // The peers beside us in a benchmark are installed apart, and may be absent here.
  {
    files: ['tools/bench/**'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { ...noSyntax(noEnum) },
  },
)

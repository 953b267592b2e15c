import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * The arrows of the house (ARCHITECTURE.md) as import rules: app → lib, scripts → lib,
 * search → index → embedding; article and passage know nobody. Each entry is a folder and what it may
 * not import, as patterns over the import's text with the reason that is shown.
 */
const OUTSIDE_LIB = forbid(String.raw`^(next|react|react-dom|commander|picocolors)(/|$)|(^|/)(app|scripts)/`, 'lib knows neither Next nor the terminal');
/** The files excepted load nothing, so that a browser may have them. */
const ENGINE_INSIDES = forbid(
  String.raw`(^|/)lib/(article|passage|embedding|index|search|evaluation|benchmark)/(?!index$|authors$|request$|spec$).+`,
  'import the folder (its index file), not a file inside it',
);
const FOLDERS = {
  'app': [ENGINE_INSIDES, forbid(String.raw`(^|/)scripts/`, 'app knows nothing of the CLI')],
  'scripts': [ENGINE_INSIDES, forbid(String.raw`^(next|react|react-dom)(/|$)|(^|/)(?<!tests/)app/`, 'scripts know nothing of the app')],
  'lib': [OUTSIDE_LIB],
  'lib/article': [OUTSIDE_LIB, forbid(String.raw`^(\.\./)+(passage|embedding|index|search|evaluation|benchmark)(/|$)`, 'lib/article knows nobody')],
  'lib/passage': [OUTSIDE_LIB, forbid(String.raw`^(\.\./)+(embedding|index|search|evaluation|benchmark)(/|$)`, 'lib/passage knows only articles')],
  'lib/embedding': [OUTSIDE_LIB, forbid(String.raw`^(\.\./)+(article|passage|index|search|evaluation|benchmark)(/|$)`, 'lib/embedding knows nobody')],
  'lib/index': [OUTSIDE_LIB, forbid(String.raw`^(\.\./)+(search|evaluation|benchmark)(/|$)`, 'lib/index does not know lib/search')],
  'lib/search': [OUTSIDE_LIB, forbid(String.raw`^(\.\./)+(evaluation|benchmark)(/|$)`, 'lib/search does not know what measures it')],
};

export default defineConfig(
  globalIgnores(['.next/', 'dist/', 'coverage/', 'index/', 'next-env.d.ts', 'tests/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      // A number in a message is no accident.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `(x) => stream.write(x)` says what it means.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // An async function that awaits nothing keeps an interface's promise: it throws as a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `[...text]` is how to get at code points.
      '@typescript-eslint/no-misused-spread': 'off',
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.recommended],
  },
  {
    files: ['app/**/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    // Form actions and handlers of React may be async.
    files: ['app/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }] },
  },
  {
    // What a test asserts stands in the assertion; a value that is not there fails it as well.
    files: ['tests/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Helpers handed around in an object.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': 'off',
      'no-console': 'off',
    },
  },
  ...Object.entries(FOLDERS).map(([folder, patterns]) => ({
    files: [`${folder}/**/*.{ts,tsx,mjs,js}`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  })),
);

function forbid(regex, message) {
  return { regex, message };
}

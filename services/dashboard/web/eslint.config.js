import parser from '@typescript-eslint/parser';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** All forms of an import. */
const IMPORTS =
  'ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression, TSImportType';

/** Folders of the kit: each may import the files of the kit itself and the folders before it. */
const KIT_FOLDERS = ['live', 'routing', 'records', 'figures', 'charts'];

/** The folders with sources, but those that the build generates. */
const FOLDERS = new Set(
  readdirSync('src', { recursive: true })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => dirname(file))
    .filter((folder) => !folder.startsWith('generated')),
);
const FEATURES = [...FOLDERS].filter((folder) => /^features\/[^/]+$/.test(folder));

/** What the relative imports of a folder may begin with; those from the folder itself are free. */
const BORDERS = {
  kit: ['../generated/', '../../lawfulNames'],
  ...Object.fromEntries(
    KIT_FOLDERS.map((folder, at) => [
      `kit/${folder}`,
      ['../../generated/', ...KIT_FOLDERS.slice(0, at).map((earlier) => `../${earlier}/`), '../[^/]+$'],
    ]),
  ),
  ...Object.fromEntries(FEATURES.map((feature) => [feature, ['../../kit/', '../../generated/']])),
  app: ['../kit/', '../features/', '../styles/'],
  reference: ['../kit/', '../styles/', '../../node_modules/'],
};

function refuseUnknownFolders() {
  const without = [...FOLDERS].filter((folder) => !(folder in BORDERS));
  const absent = Object.keys(BORDERS).filter((folder) => !FOLDERS.has(folder));
  if (without.length + absent.length > 0)
    throw new Error(`folders without a border: [${without}]; borders without sources: [${absent}]`);
}

function borderOf(folder, allowed) {
  // A slash ends the expression of a selector.
  const forbidden = `^[.](?!/[^/]+$|${allowed.map((start) => start.slice(1)).join('|')})`.replaceAll(
    '/',
    '\\u002f',
  );
  return {
    files: [`src/${folder}/*.{ts,tsx}`],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `:matches(${IMPORTS}) > Literal.source[value=/${forbidden}/]`,
          message: `src/${folder} may import its own files, packages and ${allowed.join(', ')}`,
        },
      ],
    },
  };
}

refuseUnknownFolders();

export default [
  { files: ['src/**/*.{ts,tsx}'], languageOptions: { parser } },
  { ignores: ['src/generated/**', 'dist/**'] },
  ...Object.entries(BORDERS).map(([folder, allowed]) => borderOf(folder, allowed)),
];

import parser from '@typescript-eslint/parser';
import { readdirSync } from 'node:fs';

/** Folders of the kit: each may import the files of the kit itself and the folders before it. */
const KIT_FOLDERS = ['live', 'routing', 'records', 'figures', 'charts'];

/** What the relative imports of a folder may begin with; those from the folder itself are free. */
const BORDERS = {
  kit: ['../generated/', '../../lawfulNames'],
  ...Object.fromEntries(
    KIT_FOLDERS.map((folder, at) => [
      `kit/${folder}`,
      ['../../generated/', ...KIT_FOLDERS.slice(0, at).map((earlier) => `../${earlier}/`), '../[^/]+$'],
    ]),
  ),
  ...Object.fromEntries(
    listFolders('src/features').map((feature) => [`features/${feature}`, ['../../kit/', '../../generated/']]),
  ),
  app: ['../kit/', '../features/', '../styles/'],
  reference: ['../kit/', '../styles/', '../../node_modules/'],
};

/** Folders without borders: types that the build writes, and style sheets. */
const FREE = /^(generated(\/.*)?|styles|features)$/;

function listFolders(path) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function refuseUnknownFolders() {
  const found = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/^src\//, ''))
    .filter((folder) => !FREE.test(folder));
  const without = found.filter((folder) => !(folder in BORDERS));
  const absent = Object.keys(BORDERS).filter((folder) => !found.includes(folder));
  if (without.length + absent.length > 0)
    throw new Error(`folders without a border: [${without}]; borders without a folder: [${absent}]`);
}

function borderOf(folder, allowed) {
  // A slash ends the expression of a selector.
  const forbidden = `^[.](?!/[^/]+$|${allowed.map((start) => start.slice(1)).join('|')})`.replaceAll(
    '/',
    '\\u002f',
  );
  const imports = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'];
  return {
    files: [`src/${folder}/*.{ts,tsx}`],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...imports.map((kind) => ({
          selector: `${kind} > Literal.source[value=/${forbidden}/]`,
          message: `src/${folder} may import its own files, packages and ${allowed.join(', ')}`,
        })),
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

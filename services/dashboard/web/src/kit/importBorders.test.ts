import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const CASES: [folder: string, source: string, isAllowed: boolean][] = [
  ['features/why', './words', true],
  ['features/why', 'react', true],
  ['features/why', '../../kit/figures/table', true],
  ['features/why', '../records/words', false],
  ['features/why', '../../app/words', false],
  ['kit', './words', true],
  ['kit', './figures/table', false],
  ['kit', '../features/why/words', false],
  ['kit/figures', '../words', true],
  ['kit/figures', '../records/recordPlace', true],
  ['kit/figures', '../charts/scale', false],
  ['app', '../features/why/routes', true],
  ['reference', '../app/words', false],
];

const eslint = new ESLint();

test.each(CASES)('src/%s and %s: %s', async (folder, source, isAllowed) => {
  const forms = [
    `import '${source}';`,
    `export * from '${source}';`,
    `void import('${source}');`,
    `export type Form = import('${source}').Form;`,
  ];
  for (const code of forms) {
    const [result] = await eslint.lintText(code, { filePath: `src/${folder}/example.ts` });
    expect(result!.errorCount, code).toBe(isAllowed ? 0 : 1);
  }
});

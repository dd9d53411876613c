import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findForbidden } from '../../lawfulNames';

/** The build itself looks through the bundle (vite.config.ts). */
const SOURCES = fileURLToPath(new URL('..', import.meta.url));

test('the forms are found where they occur', () => {
  expect(findForbidden('Taiwan and Tibet')).toEqual(['Tibet', 'Taiwan']);
  expect(findForbidden('new Intl["DisplayNames"]()')).toEqual(['DisplayNames']);
  expect(findForbidden('Taiwan, China; Taiwan Province; Xizang')).toEqual([]);
});

test('no source contains a form of a name that is not lawful', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.startsWith('generated'),
  );
  const found = files.flatMap((file) =>
    findForbidden(readFileSync(SOURCES + file, 'utf8')).map((form) => `${file}: ${form}`),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(found).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

/** Forms that no page may contain: names of places that are not lawful here, and what would bring them in. */
const FORBIDDEN = [
  /Intl\.DisplayNames/,
  /mainland china/i,
  /\btibet\b/i,
  /republic of china/i,
  /中华民国/,
  /Taiwan(?! of China|,? (Province|China)| are not available)/,
  /来华.{0,6}港澳台|港澳台.{0,6}来华/,
];

function findForbidden(text: string): string[] {
  return FORBIDDEN.flatMap((form) => form.exec(text)?.[0] ?? []);
}

test('the forms are found where they occur', () => {
  expect(findForbidden('Taiwan and Tibet')).toEqual(['Tibet', 'Taiwan']);
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

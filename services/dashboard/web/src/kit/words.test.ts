import { expect, test } from 'vitest';
import { defineWords } from './words';

test('words of both languages pass, functions of the same values included', () => {
  const words = defineWords({
    zh: { rows: (count: number) => `${count} 行` },
    en: { rows: (count: number) => `${count} rows` },
  });
  expect(words.zh.rows(3)).toBe('3 行');
  expect(words.en.rows(3)).toBe('3 rows');
});

// The type check of the build fails where one of these compiles.
test('a missing key, a key too many and functions of other values do not compile', () => {
  const zh = { first: '一', second: '二' };
  // @ts-expect-error: "second" is missing in English
  defineWords({ zh, en: { first: 'one' } });
  // @ts-expect-error: "third" is too many in English
  defineWords({ zh, en: { first: 'one', second: 'two', third: 'three' } });
  const rows = { rows: (count: number) => `${count} 行` };
  // @ts-expect-error: a text in place of a function
  defineWords({ zh: rows, en: { rows: 'rows' } });
  const other = { rows: (text: string) => text };
  // @ts-expect-error: a function of other values
  defineWords({ zh: rows, en: other });
  expect.assertions(0);
});

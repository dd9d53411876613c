import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isPinyinOf, resemblesInitials, spellPinyin } from './pinyin';

const CONTRACTS = new URL('../../../../../../contracts/', import.meta.url);

function readNames(): string[] {
  const files = readdirSync(new URL('indicators/', CONTRACTS)).filter((file) => file.endsWith('.yaml'));
  const figures = files.map((file) => {
    const text = readFileSync(new URL(`indicators/${file}`, CONTRACTS), 'utf8');
    return /^name: \{ zh: ['"]?([^,'"]+)/m.exec(text)![1]!;
  });
  const places = ['provinces', 'countries'].flatMap((list) => {
    const [head = [], ...rows] = readFileSync(new URL(`reference/${list}.csv`, CONTRACTS), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    return rows.map((row) => row[head.indexOf('zh')]!);
  });
  return [...figures, ...places];
}

test('every character of the names of figures, provinces and countries has a syllable', () => {
  const without = new Set(
    readNames().flatMap((name) =>
      name.match(/\p{Script=Han}/gu)?.filter((each) => spellPinyin(each).length === 0),
    ),
  );
  expect([...without]).toEqual([]);
});

test('pinyin begins at any syllable, initials too', () => {
  const students = spellPinyin('来华留学生数');
  expect(students.join(' ')).toBe('lai hua liu xue sheng shu');
  expect(isPinyinOf('laihua', students)).toBe(true);
  expect(isPinyinOf('liuxue', students)).toBe(true);
  expect(isPinyinOf('lhlx', students)).toBe(true);
  expect(isPinyinOf('aihua', students)).toBe(false);
  expect(isPinyinOf('guangx', spellPinyin('广西'))).toBe(true);
  expect(spellPinyin('重庆').join('')).toBe('chongqing');
});

test('letters from memory resemble initials if all but one are there in their order', () => {
  expect(resemblesInitials('lhxs', spellPinyin('来华留学生数'))).toBe(true);
  expect(resemblesInitials('dcjg', spellPinyin('来华留学生数'))).toBe(false);
});

import { expect, test } from 'vitest';
import { findTargets, readRecordKey, type Target } from './findTargets';

function target(name: string, also = '', kind: Target['kind'] = 'figure'): Target {
  return { id: name, kind, name, also, path: '/' };
}

const TARGETS = [
  target('境外办学机构数', 'Overseas schools overseas-schools'),
  target('泰国 · 境外办学机构数', 'Thailand'),
  target('总览', 'Overview', 'page'),
];

test('every word must occur, in either language and any case', () => {
  expect(findTargets(TARGETS, 'overseas SCHOOLS').map((each) => each.name)).toEqual(['境外办学机构数']);
  expect(findTargets(TARGETS, '泰国 机构').map((each) => each.name)).toEqual(['泰国 · 境外办学机构数']);
  expect(findTargets(TARGETS, '泰国 学生')).toEqual([]);
});

test('names that begin with the word come first', () => {
  expect(findTargets(TARGETS, '境外').map((each) => each.name)).toEqual([
    '境外办学机构数',
    '泰国 · 境外办学机构数',
  ]);
});

test('the very name comes first, and pinyin and initials find what has no such letters', () => {
  const places = [
    { ...target('广西壮族自治区 · 境外办学机构数', '广西壮族自治区 45', 'place'), chinese: '广西壮族自治区' },
    { ...target('广西', '广西壮族自治区 45', 'place'), chinese: '广西壮族自治区' },
    { ...target('来华留学生数', 'inbound-students'), chinese: '来华留学生数' },
  ];
  expect(findTargets(places, '广西')[0]!.name).toBe('广西');
  expect(findTargets(places, 'guangxi').length).toBe(2);
  expect(findTargets(places, 'laihua').map((each) => each.name)).toEqual(['来华留学生数']);
  expect(findTargets(places, 'lhlx').map((each) => each.name)).toEqual(['来华留学生数']);
  expect(findTargets(places, 'lhxs').map((each) => each.name)).toEqual(['来华留学生数']);
  expect(findTargets(places, 'qqq')).toEqual([]);
});

test('without words the pages are offered', () => {
  expect(findTargets(TARGETS, ' ').map((each) => each.name)).toEqual(['总览']);
});

test('a record is found by its key only', () => {
  expect(readRecordKey(' 12/LB-1 ')).toEqual({ province: '12', sourceId: 'LB-1' });
  expect(readRecordKey('12/A/B')).toEqual({ province: '12', sourceId: 'A/B' });
  expect(readRecordKey('12')).toBeUndefined();
});

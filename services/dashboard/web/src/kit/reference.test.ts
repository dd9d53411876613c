import { expect, test } from 'vitest';
import { findCodeName, shortProvinceName, type ReferenceNames } from './reference';

const status = { zh: '状态', en: 'Status' };
const names = {
  records: {
    'cooperative-programme': { fields: { status: { ...status, codes: 'cooperation-statuses' } } },
    standard: { fields: { title: { zh: '标题', en: 'Title' } } },
  },
  dimensions: { status: { ...status, codes: 'statuses' }, college: { zh: '院校', en: 'College' } },
  codes: {
    statuses: { closed: { zh: '关闭', en: 'Closed' } },
    'cooperation-statuses': { terminated: { zh: '终止', en: 'Terminated' } },
  },
} as unknown as ReferenceNames;

test('a record with codes of its own under a common word has their names', () => {
  expect(findCodeName(names, 'status', 'terminated', 'cooperative-programme')?.en).toBe('Terminated');
  expect(findCodeName(names, 'status', 'closed')?.zh).toBe('关闭');
  expect(findCodeName(names, 'status', 'closed', 'standard')?.zh).toBe('关闭');
});

test('a code without a list has no name, nor has any before the names are here', () => {
  expect(findCodeName(names, 'college', '4112000001')).toBeUndefined();
  expect(findCodeName(undefined, 'status', 'closed')).toBeUndefined();
});

test('a province without a sender keeps its full name, a special region does not', () => {
  const unit = { code: '71', zh: '台湾省', zhShort: '台湾', en: 'Taiwan, China', sends: false };
  expect(shortProvinceName(unit, 'zh')).toBe('台湾省');
  expect(shortProvinceName({ ...unit, zh: '香港特别行政区', zhShort: '香港' }, 'zh')).toBe('香港');
  expect(shortProvinceName({ ...unit, zh: '内蒙古自治区', zhShort: '内蒙古', sends: true }, 'zh')).toBe(
    '内蒙古',
  );
  expect(shortProvinceName(unit, 'en')).toBe('Taiwan, China');
});

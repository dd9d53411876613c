import { expect, test } from 'vitest';
import { words } from './words';

test('the set of the platform has a name; a loaded one its own', () => {
  expect(words.zh.setNames('built-in')).toBe('平台内置');
  expect(words.en.setNames('built-in')).toBe('Comes with the platform');
  expect(words.zh.setNames('statistical-bulletin-2025')).toBe('statistical-bulletin-2025');
});

import { expect, test } from 'vitest';
import { isTrouble } from './serviceState';

test('a number that a service does not have is no trouble, and one at its limit is', () => {
  expect(isTrouble('lag', null)).toBe(false);
  expect(isTrouble('stoppedKeys', 0)).toBe(false);
  expect(isTrouble('stoppedKeys', 1)).toBe(true);
  expect(isTrouble('outboxAgeSeconds', 150)).toBe(true);
});

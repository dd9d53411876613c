import { expect, test } from 'vitest';
import { nextOrder, readOrder, writeOrder } from './tableOrder';

const UP = { key: 'share', descending: false };
const DOWN = { key: 'share', descending: true };

test('an order is written as its column, and comes back the same', () => {
  expect(writeOrder(undefined, undefined, UP)).toBe('share');
  expect(writeOrder('share', undefined, DOWN)).toBe('-share');
  expect(readOrder('share', undefined)).toEqual(UP);
  expect(readOrder('-share', undefined)).toEqual(DOWN);
});

test('each of several tables has an order of its own', () => {
  const both = writeOrder('records.when', 'causes', DOWN);
  expect(both).toBe('records.when,causes.-share');
  expect(readOrder(both, 'causes')).toEqual(DOWN);
  expect(readOrder(both, 'records')).toEqual({ key: 'when', descending: false });
  expect(readOrder(both, undefined)).toBeUndefined();
  expect(writeOrder(both, 'records', undefined)).toBe('causes.-share');
  expect(writeOrder('causes.-share,name', undefined, UP)).toBe('causes.-share,share');
});

test('a column may be a range of years', () => {
  const order = { key: '2012..2026', descending: true };
  expect(readOrder(writeOrder(undefined, undefined, order), undefined)).toEqual(order);
  expect(readOrder('2012..2026', undefined)).toEqual({ ...order, descending: false });
});

test('the order that the rows came in has no parameter', () => {
  expect(writeOrder('-share', undefined, undefined)).toBeUndefined();
  expect(readOrder(undefined, undefined)).toBeUndefined();
  expect(readOrder('causes.', 'causes')).toBeUndefined();
});

test('a head sorts up, then down, then not', () => {
  expect(nextOrder(undefined, 'share')).toEqual(UP);
  expect(nextOrder(UP, 'share')).toEqual(DOWN);
  expect(nextOrder(DOWN, 'share')).toBeUndefined();
  expect(nextOrder(DOWN, 'name')).toEqual({ key: 'name', descending: false });
});

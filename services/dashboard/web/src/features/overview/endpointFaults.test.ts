import { expect, test } from 'vitest';
import { findFault } from './endpointFaults';

const FINE = { undelivered: 0, expiresSoon: false };

test('an endpoint that receives its events has no fault', () => {
  expect(findFault({ status: 'enabled', delivery: FINE })).toBeUndefined();
});

test('an endpoint that its alliance stopped has no fault, one that the platform stopped has', () => {
  expect(findFault({ status: 'disabled', reason: 'alliance', delivery: FINE })).toBeUndefined();
  expect(findFault({ status: 'disabled', reason: 'down', delivery: FINE })).toBe('disabled');
  expect(findFault({ status: 'unproved', delivery: FINE })).toBe('unproved');
});

test('an endpoint that is down comes before its undelivered events', () => {
  const delivery = { downSince: '2026-12-01T00:00:00Z', undelivered: 3, expiresSoon: true };
  expect(findFault({ status: 'enabled', delivery })).toBe('down');
  expect(findFault({ status: 'enabled', delivery: { undelivered: 3, expiresSoon: true } })).toBe(
    'undelivered',
  );
  expect(findFault({ status: 'enabled', delivery: { undelivered: 0, expiresSoon: true } })).toBe('expiring');
});

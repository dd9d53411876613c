import { expect, test } from 'vitest';
import { pinAddress, unpinAddress } from './pinnedAddress';

const MOMENT = '2026-11-24T01:14:03Z';

test('a pinned link keeps the question as it is written and has one moment', () => {
  const address =
    'http://host/en/explore/overseas-schools?by=year,brand&list=belt-and-road@then&asOf=2026-01-01T00:00:00Z';
  expect(pinAddress(address, MOMENT)).toBe(
    `http://host/en/explore/overseas-schools?by=year,brand&list=belt-and-road@then&asOf=${MOMENT}`,
  );
  expect(pinAddress('http://host/', MOMENT)).toBe(`http://host/?asOf=${MOMENT}`);
});

test('a live link has no moment', () => {
  expect(unpinAddress(`http://host/?figure=a&asOf=${MOMENT}`)).toBe('http://host/?figure=a');
  expect(unpinAddress(`http://host/?asOf=${MOMENT}`)).toBe('http://host/');
});

import { expect, test } from 'vitest';
import { changeMoment, pinAddress, readMoment, showsMoment, unpinAddress } from './pinnedAddress';

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

test('the page about a value loses its second moment, too, in either language', () => {
  const address = `http://host/en/why/overseas-schools?brand=a&from=2026-11-01T00:00:00Z&to=${MOMENT}`;
  const live = 'http://host/en/why/overseas-schools?brand=a&from=2026-11-01T00:00:00Z';
  expect(unpinAddress(address)).toBe(live);
  expect(pinAddress(address, MOMENT)).toBe(`${live}&asOf=${MOMENT}`);
  expect(unpinAddress('http://host/explore/a?to=b')).toBe('http://host/explore/a?to=b');
});

test('only pages that ask for a past moment show it', () => {
  const pages = ['/', '/explore/a', '/why/a', '/dilemmas', '/dilemmas/b', '/records/a/12/b'];
  expect(pages.filter((path) => !showsMoment(path))).toEqual([]);
  const present = [
    '/explore',
    '/changes',
    '/reconciliation/bridge',
    '/bureaus/12',
    '/alliances/WFCP',
    '/whyever',
  ];
  expect(present.filter(showsMoment)).toEqual([]);
});

test('the second moment of a value comes before that of the address', () => {
  const search = { asOf: MOMENT, to: '2026-11-02T00:00:00Z' };
  expect(readMoment('/why/a', search)).toBe('2026-11-02T00:00:00Z');
  expect(readMoment('/why/a', { asOf: MOMENT })).toBe(MOMENT);
  expect(readMoment('/changes', search)).toBe(MOMENT);
  expect(readMoment('/', {})).toBeUndefined();
});

test('another moment takes the place of both', () => {
  expect(changeMoment('/why/a', MOMENT)).toStrictEqual({ asOf: MOMENT, to: undefined });
  expect(changeMoment('/changes', undefined)).toStrictEqual({ asOf: undefined });
});

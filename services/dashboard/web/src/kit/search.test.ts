import { expect, test } from 'vitest';
import { parseSearch, writeSearch } from './search';

test('an address stays readable and comes back the same', () => {
  const search = {
    by: ['year', 'brand'],
    period: '2012..2026',
    list: 'belt-and-road@then',
    top: 10,
    shares: true,
    asOf: '2026-11-28T01:14:03Z',
  };
  const written = writeSearch(search);
  expect(written).toBe(
    '?by=year,brand&period=2012..2026&list=belt-and-road@then&top=10&shares=true&asOf=2026-11-28T01:14:03Z',
  );
  expect(writeSearch(parseSearch(written))).toBe(written);
});

test('a year stays text and is not quoted', () => {
  expect(parseSearch('?period=2026')).toEqual({ period: '2026' });
  expect(writeSearch({ period: '2026' })).toBe('?period=2026');
});

test('repeated parameters are one list, and absent ones are left out', () => {
  expect(parseSearch('?code=a&code=b')).toEqual({ code: 'a,b' });
  expect(writeSearch({ a: undefined, b: '', c: false, d: [] })).toBe('');
});

test('what could end the value is escaped', () => {
  expect(parseSearch(writeSearch({ text: 'a&b=c#d 汉' }))).toEqual({ text: 'a&b=c#d 汉' });
});

import { describe, expect, it } from 'vitest';
import {
  momentBefore,
  parseWhy,
  questionOfWhy,
  readWhy,
  searchOfWhy,
  writeWhy,
  type WhyState,
} from './whyState';

const STATE: WhyState = {
  code: 'overseas-schools',
  period: '2026',
  filters: { hostCountry: 'THA,LAO', brand: 'luban-workshop' },
  list: 'belt-and-road@then',
  from: '2026-11-01T00:00:00Z',
  to: undefined,
  tab: 'records',
  sort: 'records.-amount',
};

describe('the address of a value', () => {
  it('is the same in a drawer and on a page', () => {
    expect(parseWhy(writeWhy(STATE))).toEqual(STATE);
    expect(readWhy(STATE.code, searchOfWhy(STATE))).toEqual(STATE);
  });

  it('does not take the parameters of every page for filters', () => {
    expect(readWhy('a', { asOf: '2026-01-01T00:00:00Z', kiosk: true, why: 'b' }).filters).toEqual({});
  });

  it('asks the API without the moments', () => {
    expect(String(questionOfWhy(STATE))).toBe(
      'brand=luban-workshop&hostCountry=THA%2CLAO&list=belt-and-road%40then&period=2026',
    );
  });
});

describe('momentBefore', () => {
  it('is a day before the second moment', () => {
    expect(momentBefore('2026-11-02T00:00:00Z', 0)).toBe('2026-11-01T00:00:00.000Z');
  });
});

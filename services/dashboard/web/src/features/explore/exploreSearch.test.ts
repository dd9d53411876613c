import { describe, expect, it } from 'vitest';
import { parseSearch, writeSearch } from '../../kit/search';
import { defaultView, lackOf, questionOf, readExploreSearch, viewsFor } from './exploreSearch';

describe('the address of a picture', () => {
  it('says the whole question', () => {
    const address =
      'by=year,brand&period=2012..2026&hostCountry=THA,LAO&list=belt-and-road@then&top=10&shares=true&view=stacked&vs=2026-11-01T00:00:00Z';
    const search = readExploreSearch(parseSearch(address));
    expect(questionOf('overseas-schools', search, true)).toEqual({
      code: 'overseas-schools',
      by: ['year', 'brand'],
      filters: { hostCountry: ['THA', 'LAO'] },
      lists: ['belt-and-road@then'],
      period: '2012..2026',
    });
    expect(search).toMatchObject({ top: 10, shares: true, view: 'stacked', vs: '2026-11-01T00:00:00Z' });
    expect(readExploreSearch(parseSearch(writeSearch(search)))).toEqual(search);
  });

  it('keeps what it does not know as a filter, which the API refuses aloud', () => {
    expect(questionOf('a', readExploreSearch({ colour: 'red' }), true).filters).toEqual({ colour: ['red'] });
  });

  it('leaves the choice of the largest to the API only where there are no years', () => {
    const search = readExploreSearch({ by: 'hostCountry', top: '5' });
    expect(questionOf('a', search, true).top).toBe(5);
  });
});

describe('the year of a question', () => {
  it('is the headline of the figure where the address neither names one nor splits by year', () => {
    const byCountry = readExploreSearch({ by: 'hostCountry' });
    expect(questionOf('a', byCountry, true, '2025').period).toBe('2025');
    expect(questionOf('a', { ...byCountry, period: '2020' }, true, '2025').period).toBe('2020');
    expect(questionOf('a', { ...byCountry, asOf: '2026-01-01T00:00:00Z' }, true, '2024')).toMatchObject({
      period: '2024',
      asOf: '2026-01-01T00:00:00Z',
    });
    expect(questionOf('a', readExploreSearch({}), true, '2025').period).toBeUndefined();
    expect(questionOf('a', readExploreSearch({}), false, '2025').period).toBeUndefined();
  });
});

describe('views', () => {
  it('say what a question lacks for them', () => {
    expect(lackOf('provinces', ['brand'], true)).toBe('provinces');
    expect(lackOf('stacked', [], true)).toBe('year-and-one-split');
    expect(lackOf('line', ['brand', 'region'], true)).toBe('at-most-one-split');
    expect(lackOf('line', [], false)).toBe('year');
  });

  it('offers no grid of provinces for anything else', () => {
    expect(viewsFor(['brand'], true)).not.toContain('provinces');
    expect(viewsFor(['province'], true)).toContain('provinces');
  });

  it('offers the default of every question', () => {
    for (const splits of [[], ['brand'], ['hostCountry'], ['province'], ['brand', 'region']]) {
      for (const byYear of [true, false])
        expect(viewsFor(splits, byYear)).toContain(defaultView(splits, byYear));
    }
  });
});

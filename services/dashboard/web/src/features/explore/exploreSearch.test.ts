import { describe, expect, it } from 'vitest';
import { parseSearch, writeSearch } from '../../kit/search';
import { defaultView, questionOf, readExploreSearch, viewsFor } from './exploreSearch';

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

describe('views', () => {
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

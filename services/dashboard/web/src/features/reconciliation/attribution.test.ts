import { describe, expect, it } from 'vitest';
import { toWhySearch } from './attribution';

describe('attribution of a bridge', () => {
  it('becomes the address of the page Why with the same question', () => {
    const path =
      '/v1/indicators/overseas-schools/changes?from=2026-03-01T00:00:00Z&period=2023&hostCountry=THA';
    expect(toWhySearch(path)).toEqual({
      code: 'overseas-schools',
      search: { from: '2026-03-01T00:00:00Z', period: '2023', hostCountry: 'THA', tab: 'causes' },
    });
  });

  it('is no address when the path is another one', () => {
    expect(toWhySearch('/v1/indicators/overseas-schools/values')).toBeUndefined();
  });
});

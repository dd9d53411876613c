import { describe, expect, it } from 'vitest';
import { sumsTo, placeSteps } from './waterfall';

describe('placeSteps', () => {
  it('begins each step where the one before ends, whatever the signs', () => {
    expect(placeSteps(10, [4, -2])).toEqual([
      { left: 0, width: 1 },
      { left: 0.5, width: 0.5 },
    ]);
    expect(placeSteps(10, [-5, 10])).toEqual([
      { left: 0, width: 0.5 },
      { left: 0, width: 1 },
    ]);
  });

  it('has no steps where nothing moves', () => {
    expect(placeSteps(3, [0])).toEqual([{ left: 0, width: 0 }]);
  });
});

describe('sumsTo', () => {
  it('forgives no cent', () => {
    expect(sumsTo([0.1, 0.2], 0.3)).toBe(true);
    expect(sumsTo([1, 1], 2.01)).toBe(false);
  });
});

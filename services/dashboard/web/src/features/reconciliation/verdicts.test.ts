import { describe, expect, it } from 'vitest';
import { countVerdicts, isSatisfied, judge } from './verdicts';

describe('verdicts of lines', () => {
  it('calls a line without a live value not comparable, never different', () => {
    expect(judge({ comparable: true, matches: null })).toBe('incomparable');
    expect(judge({ comparable: false, matches: false })).toBe('incomparable');
  });

  it('calls more than 70 satisfied by 74.64, and by nothing below', () => {
    expect(isSatisfied({ comparable: true, matches: true, relation: '>' })).toBe(true);
    expect(isSatisfied({ comparable: true, matches: true, relation: '~' })).toBe(true);
    expect(isSatisfied({ comparable: true, matches: false, relation: '>' })).toBe(false);
    expect(isSatisfied({ comparable: true, matches: true, relation: '=' })).toBe(false);
  });

  it('counts each line once', () => {
    const lines = [
      { comparable: true, matches: true },
      { comparable: true, matches: false },
      { comparable: false },
    ];
    expect(countVerdicts(lines)).toEqual({ equal: 1, different: 1, incomparable: 1 });
  });
});

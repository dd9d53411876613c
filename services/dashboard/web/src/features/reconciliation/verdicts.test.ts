import { describe, expect, it } from 'vitest';
import { countVerdicts, judge } from './verdicts';

describe('verdicts of lines', () => {
  it('calls a line without a live value not comparable, never different', () => {
    expect(judge({ comparable: true, matches: null })).toBe('incomparable');
    expect(judge({ comparable: false, matches: false })).toBe('incomparable');
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

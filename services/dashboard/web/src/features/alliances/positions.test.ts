import { describe, expect, it } from 'vitest';
import { readCopies, shortenPosition } from './positions';

const CHAIN = `sha256:${'a'.repeat(64)}`;

describe('positions of a copy', () => {
  it('are read with their chains', () => {
    expect(readCopies(`1-0000000000000412 ${CHAIN}\n\n1-0000000000000413, ${CHAIN}\n`)).toEqual({
      copies: [
        { position: '1-0000000000000412', chain: CHAIN },
        { position: '1-0000000000000413', chain: CHAIN },
      ],
    });
  });

  it('name the line that is wrong', () => {
    expect(readCopies(`1-0000000000000412 ${CHAIN}\n412 ${CHAIN}`)).toEqual({ wrongLine: 2 });
  });

  it('are short for people, also at the beginning', () => {
    expect(shortenPosition('1-0000000000012882')).toBe('1-12882');
    expect(shortenPosition('1-0000000000000000')).toBe('1-0');
    expect(shortenPosition(null)).toBe('—');
  });
});

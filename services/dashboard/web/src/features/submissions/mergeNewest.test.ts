import { describe, expect, it } from 'vitest';
import { mergeNewest } from './mergeNewest';

const at = (item: string) => item;

describe('mergeNewest', () => {
  it('stops where an unread item of another list could stand', () => {
    const merged = mergeNewest(
      [
        { items: ['9', '7', '5'], complete: false },
        { items: ['8', '3', '1'], complete: true },
      ],
      at,
    );
    expect(merged).toEqual(['9', '8', '7', '5']);
  });

  it('shows everything when every list is complete', () => {
    const lists = [
      { items: ['9', '2'], complete: true },
      { items: ['5'], complete: true },
    ];
    expect(mergeNewest(lists, at)).toEqual(['9', '5', '2']);
  });

  it('waits for a list of which nothing was read', () => {
    const lists = [
      { items: ['9', '2'], complete: true },
      { items: [], complete: false },
    ];
    expect(mergeNewest(lists, at)).toEqual([]);
  });
});

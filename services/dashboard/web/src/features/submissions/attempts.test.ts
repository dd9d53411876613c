import { describe, expect, it } from 'vitest';
import { findAttempt, rememberAttempt, storeKey, type Attempt } from './attempts';

function memory(initial?: string) {
  let value: string | null = initial ?? null;
  return {
    getItem: () => value,
    setItem: (_: string, next: string) => void (value = next),
  };
}

function attempt(batch: string, digest: string | null = null): Attempt {
  return {
    batch,
    record: 'overseas-headcount',
    fileName: '在校生数.xlsx',
    fileBytes: 10,
    mediaType: 'text/csv',
    digest,
    preview: null,
    triedAt: '2026-11-28T09:00:00Z',
  };
}

describe('attempts', () => {
  it('replaces what was known of the same dry run', () => {
    const storage = memory();
    rememberAttempt(attempt('a'), storage);
    rememberAttempt(attempt('b'), storage);
    rememberAttempt(attempt('a', 'beef'), storage);
    expect(findAttempt('a', storage)?.digest).toBe('beef');
    expect(findAttempt('b', storage)?.digest).toBeNull();
  });

  it('forgets the oldest of more than thirty', () => {
    const storage = memory();
    for (let i = 0; i <= 30; i++) {
      rememberAttempt(attempt(`batch-${i}`), storage);
    }
    expect(findAttempt('batch-0', storage)).toBeUndefined();
    expect(findAttempt('batch-1', storage)).toBeDefined();
  });

  it('survives damaged storage', () => {
    expect(findAttempt('a', memory('{"not":"a list"}'))).toBeUndefined();
    expect(findAttempt('a', memory('{'))).toBeUndefined();
  });
});

describe('storeKey', () => {
  it('stays the same for the same dry run and mode only', () => {
    expect(storeKey('t', 'rows', null)).toBe(storeKey('t', 'rows', null));
    expect(storeKey('t', 'rows', null)).not.toBe(storeKey('t', 'all', null));
    expect(storeKey('t', 'rows', null)).not.toBe(storeKey('t', 'rows', 'failed-batch'));
  });
});

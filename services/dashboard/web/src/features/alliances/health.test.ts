import { describe, expect, it } from 'vitest';
import { needsLook, sumHealth } from './health';

const endpoint = (status: string, lagEvents: number, undelivered = 0, downSince?: string) => ({
  status,
  delivery: { lagEvents, undelivered, ...(downSince ? { downSince } : {}) },
});

describe('health of deliveries', () => {
  it('counts no backlog of a disabled endpoint, but its undelivered events', () => {
    expect(sumHealth([endpoint('enabled', 12), endpoint('disabled', 9_000, 2)])).toEqual({
      endpoints: 2,
      backlog: 12,
      undelivered: 2,
      down: 0,
    });
  });

  it('asks for a look when an endpoint is down or events were not delivered', () => {
    expect(needsLook(sumHealth([endpoint('enabled', 12)]))).toBe(false);
    expect(needsLook(sumHealth([endpoint('enabled', 0, 1)]))).toBe(true);
    expect(needsLook(sumHealth([endpoint('enabled', 0, 0, '2026-11-28T10:00:00Z')]))).toBe(true);
  });
});

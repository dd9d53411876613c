import { describe, expect, it } from 'vitest';
import { countFilters, readAuditSearch, toAuditQuery } from './filters';

describe('filters of the audit trail', () => {
  it('sends minutes of Beijing time as moments', () => {
    const search = readAuditSearch({ service: 'mobility', from: '2026-11-28T09:14', to: '2026-11-29T00:00' });
    expect(toAuditQuery(search)).toEqual({
      from: '2026-11-28T09:14:00+08:00',
      to: '2026-11-29T00:00:00+08:00',
    });
  });

  it('leaves a moment that it does not understand to the service', () => {
    expect(toAuditQuery(readAuditSearch({ from: 'yesterday' }))).toEqual({ from: 'yesterday' });
  });

  it('keeps a province that the router has read as a number, and drops empty filters', () => {
    const search = readAuditSearch({ province: 32, actor: '  ', action: 'refused' });
    expect(toAuditQuery(search)).toEqual({ province: '32', action: 'refused' });
    expect(countFilters(search)).toBe(2);
  });

  it('knows no service that there is not', () => {
    expect(readAuditSearch({ service: 'payroll' }).service).toBeUndefined();
    expect(readAuditSearch({ service: 'feeds' }).service).toBe('feeds');
  });
});

/** Filters of the audit trail: as the address has them, and as the services read them. */

export const AUDITED_SERVICES = [
  'mobility',
  'cooperation',
  'overseas',
  'standards',
  'indicators',
  'feeds',
] as const;
export type AuditedService = (typeof AUDITED_SERVICES)[number];

/** Filters that the services know by these names. */
const TEXT_FILTERS = ['actor', 'action', 'record', 'province', 'object'] as const;

export type AuditSearch = {
  service?: AuditedService | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  record?: string | undefined;
  province?: string | undefined;
  object?: string | undefined;
  /** Moments of Beijing time, to the minute: 2026-11-28T09:14. */
  from?: string | undefined;
  to?: string | undefined;
};

/** The trail that an address without a service shows. */
export const FIRST_SERVICE: AuditedService = 'overseas';

const MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const BEIJING = ':00+08:00';

/** Reads the search part of an address; what is not understood is left to the service to refuse, never dropped silently. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read: AuditSearch = { service: AUDITED_SERVICES.find((each) => each === search.service) };
  for (const name of [...TEXT_FILTERS, 'from', 'to'] as const) {
    const value = search[name];
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value).trim();
      if (text !== '') {
        read[name] = text;
      }
    }
  }
  return read;
}

/** Returns the query of the service: minutes of Beijing time become moments, everything else goes as it is. */
export function toAuditQuery(search: AuditSearch): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of TEXT_FILTERS) {
    const value = search[name];
    if (value !== undefined) {
      query[name] = value;
    }
  }
  for (const name of ['from', 'to'] as const) {
    const value = search[name];
    if (value !== undefined) {
      query[name] = MINUTE.test(value) ? value + BEIJING : value;
    }
  }
  return query;
}

/** Returns how many filters narrow the list. */
export function countFilters(search: AuditSearch): number {
  return Object.keys(toAuditQuery(search)).length;
}

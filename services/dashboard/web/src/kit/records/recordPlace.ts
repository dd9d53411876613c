import type { Role } from '../session';
import type { RecordInfo } from './recordDictionary';

/** The page that shows a record. */
export interface RecordPlace {
  path: string;
  search: Record<string, string>;
}

const ALLIANCE_READERS: readonly Role[] = ['operator', 'auditor', 'alliance'];

/**
 * The page of a record: its own, or that of the alliance for what operators keep there, for who may open it.
 * Undefined where there is none.
 */
export function placeRecord(
  record: string,
  province: string,
  sourceId: string,
  info: RecordInfo | undefined,
  role: Role,
): RecordPlace | undefined {
  if (info) return { path: `/records/${record}/${province}/${encodeURIComponent(sourceId)}`, search: {} };
  if (!ALLIANCE_READERS.includes(role)) return undefined;
  // The key of a member begins with the code of its alliance: WFCP.U-001.
  const alliance = `/alliances/${encodeURIComponent(sourceId.split('.')[0] ?? '')}`;
  if (record === 'alliance') return { path: alliance, search: {} };
  if (record === 'alliance-member') return { path: alliance, search: { tab: 'members' } };
  return undefined;
}

/** The records that may carry personal data: only their keys and versions are shown. */
export function isShownByKeyOnly(record: string): boolean {
  return record === 'inbound-enrolment';
}

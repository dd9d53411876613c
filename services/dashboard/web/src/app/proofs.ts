import { indicators } from '../kit/api';
import type { Session } from '../kit/session';

const POLL_MILLISECONDS = 30_000;

/** The newest proofs, and whether the last one found figures that are not right. */
export const proofsQuery = {
  ...indicators.read('/v1/proofs', { params: { query: { limit: 10 } } }),
  refetchInterval: POLL_MILLISECONDS,
};

/** Only operators and auditors may read proofs. */
export function readsProofs(session: Session): boolean {
  return session.role === 'operator' || session.role === 'auditor';
}

/** Alliances and privacy officers have no stream of figures. */
export function watchesFigures(session: Session): boolean {
  return session.role !== 'alliance' && session.role !== 'privacy-officer';
}

export function readsFigures(session: Session): boolean {
  return session.role !== 'privacy-officer';
}

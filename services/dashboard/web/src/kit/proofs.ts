import { indicators } from './api';
import type { Session } from './session';

const POLL_MILLISECONDS = 30_000;

/** The newest proofs with their numbers. */
export const proofsQuery = {
  ...indicators.read('/v1/proofs', { params: { query: { limit: 10 } } }),
  refetchInterval: POLL_MILLISECONDS,
};

/** Whether the figures were found right the last time; every role with a stream of figures may read it. */
export const newestVerdictQuery = {
  ...indicators.read('/v1/proofs/newest'),
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

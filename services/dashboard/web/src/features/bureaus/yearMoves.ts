import type { YearState } from './completeness';

/** Move of a year that a person may ask for. */
export interface YearMove {
  name: 'submit' | 'take-back' | 'accept' | 'give-back' | 'lock' | 'reopen';
  to: YearState;
  /** The service refuses the move without a reason. */
  needsReason: boolean;
}

const SUBMIT: YearMove = {
  name: 'submit',
  to: 'submitted',
  needsReason: false,
};
const TAKE_BACK: YearMove = {
  name: 'take-back',
  to: 'open',
  needsReason: false,
};
const ACCEPT: YearMove = { name: 'accept', to: 'accepted', needsReason: false };
const GIVE_BACK: YearMove = {
  name: 'give-back',
  to: 'open',
  needsReason: true,
};
const LOCK: YearMove = { name: 'lock', to: 'locked', needsReason: false };
const REOPEN: YearMove = { name: 'reopen', to: 'open', needsReason: true };

/** Returns the moves that the role has in the state; the service decides in the end. */
export function movesOf(role: string, state: YearState): YearMove[] {
  if (role === 'bureau') {
    return { open: [SUBMIT], submitted: [TAKE_BACK], accepted: [], locked: [] }[state];
  }
  if (role === 'operator') {
    return {
      open: [],
      submitted: [ACCEPT, GIVE_BACK],
      accepted: [LOCK, GIVE_BACK],
      locked: [REOPEN],
    }[state];
  }
  return [];
}

/** What should be looked at before a year is submitted or accepted; the service does not refuse for these. */
export type YearWarning = 'nothing-received' | 'fewer-than-expected' | 'rows-waiting' | 'year-not-over';

/** @param today day of the move, in Beijing time, as `2026-11-28` */
export function yearWarnings(
  year: {
    year: number;
    received: number;
    expected: number | null;
    parked: number;
  },
  today: string,
): YearWarning[] {
  const warnings: YearWarning[] = [];
  if (year.received === 0) {
    warnings.push('nothing-received');
  } else if (year.expected !== null && year.received < year.expected) {
    warnings.push('fewer-than-expected');
  }
  if (year.parked > 0) {
    warnings.push('rows-waiting');
  }
  if (`${year.year}` >= today.slice(0, 4)) {
    warnings.push('year-not-over');
  }
  return warnings;
}

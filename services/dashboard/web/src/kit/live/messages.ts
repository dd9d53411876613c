import type { components } from '../../generated/indicators';

/** Codes by dimension; empty: the whole. */
export type Slice = Record<string, unknown>;

/** A value of one slice of a figure, as the stream sends it. */
export type Change = components['schemas']['Change'];

/** How far the figures are behind the log, as the stream says now and then. */
export type Standing = components['schemas']['Standing'];

/** Whether figures reach the page. */
export type LiveState = 'connecting' | 'live' | 'silent' | 'refused';

/** What a break of the stream cost: nothing is lost, but the reader saw it later. */
export interface Recovery {
  /** When the last byte before the break came, in milliseconds. */
  since: number;
  /** When the values were complete again, in milliseconds. */
  until: number;
  /** How many values had moved meanwhile. */
  missed: number;
}

/** The condition of the stream of a browser. */
export interface LiveStatus {
  state: LiveState;
  /** When the last byte came, in milliseconds; null: never. */
  heardAt: number | null;
  /** Up to when events are counted, as the service says; null: unknown. */
  asOf: string | null;
  /** For how many seconds events have not been counted, 0 when all are; null: the service does not say. */
  lagSeconds: number | null;
  recovery: Recovery | null;
}

/** A value that moved, in words of the stream. */
export interface Move {
  indicator: string;
  slice: Slice;
  previous: number | null;
  value: number | null;
  /** The year of the value where it is not the headline of the figure; null: it is. */
  partialYear: number | null;
}

/** Changes of records of one kind by one province that came together. */
export interface Happening {
  id: string;
  /** When it reached the figures. */
  time: string;
  record: string;
  province: string;
  change: string;
  /** Keys of the records, the newest first; at most a few. */
  keys: string[];
  count: number;
  moves: Move[];
}

/** A year of one service for one province that has another state. */
export interface YearState {
  service: string;
  province: string;
  year: number;
  state: string;
}

/** From the one who holds the stream to each page. */
export type HubMessage =
  | { kind: 'snapshot'; values: Change[]; happenings: Happening[]; status: LiveStatus }
  | { kind: 'changes'; changes: Change[]; happenings: Happening[]; status: LiveStatus }
  /** Years have another state; none is named after a break, in which any may have moved. */
  | { kind: 'years'; moved: YearState[]; status: LiveStatus }
  | { kind: 'status'; status: LiveStatus }
  /** The session is over, or another person has signed in: nothing that came before may be shown. */
  | { kind: 'forget'; status: LiveStatus };

/** From a page to the one who holds the stream. */
export type PageMessage = { kind: 'join'; person: string } | { kind: 'leave' } | { kind: 'wake' };

/** The year of a value that is not the headline of its figure, because few provinces have reported about it; null: it is. */
export function partialYear(change: Pick<Change, 'period' | 'headline'>): number | null {
  const year = change.period.slice(0, 4);
  return change.headline && change.headline.period !== year ? Number(year) : null;
}

/** One name for a slice of a figure, whatever the order of its dimensions. */
export function sliceKey(indicator: string, slice: Slice): string {
  const parts = Object.keys(slice)
    .sort()
    .map((dimension) => `${dimension}=${slice[dimension]}`);
  return `${indicator}?${parts.join('&')}`;
}

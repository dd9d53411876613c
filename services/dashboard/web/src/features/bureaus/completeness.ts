import type { Received, SenderYear, Sender, YearState } from '../../kit/records/years';
import { YEAR_STATES } from '../../kit/records/years';
import { RECORD_SERVICES, type RecordService } from '../../kit/records/recordDictionary';

export { YEAR_STATES, type Received, type Sender, type SenderYear, type YearState };

/** First year that the pages offer. */
export const FIRST_YEAR = 2003;

export const SERVICES = RECORD_SERVICES;
export type Service = RecordService;

/** The service and the year of an address that opens one year of a province: `overseas,2024`. */
export function readOpenYear(open: string | undefined): { service: Service; year: number } | undefined {
  const parts = open?.split(',') ?? [];
  const service = SERVICES.find((each) => each === parts[0]);
  const year = parts.at(-1) ?? '';
  return service && /^\d{4}$/.test(year) ? { service, year: Number(year) } : undefined;
}

/** What one province has sent to one service about a year, or about several together. */
export interface ServiceCell extends Received {
  /** How many years are in each state. */
  states: Record<YearState, number>;
  parked: number;
  refused: number;
}

/** What one province has sent about the years shown, by service. */
export interface ProvinceLine {
  province: string;
  cells: Partial<Record<Service, ServiceCell>>;
  parked: number;
  refused: number;
  /** Newest push about the year over all services; null: nothing was sent. */
  lastPush: string | null;
  /** Received over expected of the services of which something is expected; null without such a service. */
  share: number | null;
}

/** Groups the answer by province, in the order of their codes (GB/T 2260); without a year over all years of the answer. */
export function linesOfYear(senders: readonly Sender[], year?: number): ProvinceLine[] {
  const lines = new Map<string, ProvinceLine>();
  const counted = new Map<string, SenderYear[]>();
  for (const sender of senders) {
    const about = sender.years.filter((each) => year === undefined || each.year === year);
    if (about.length === 0) {
      continue;
    }
    const cell = joinYears(about);
    const line = lines.get(sender.province) ?? {
      province: sender.province,
      cells: {},
      parked: 0,
      refused: 0,
      lastPush: null,
      share: null,
    };
    line.cells[sender.service] = cell;
    line.parked += cell.parked;
    line.refused += cell.refused;
    for (const each of about) line.lastPush = latest(line.lastPush, each.lastPush);
    lines.set(sender.province, line);
    counted.set(sender.province, [...(counted.get(sender.province) ?? []), ...about]);
  }
  return [...lines.values()]
    .map((line) => ({ ...line, share: shareOf(counted.get(line.province) ?? []) }))
    .sort((a, b) => a.province.localeCompare(b.province));
}

/** Whether nothing was received or expected about a year, its state is unchanged, and no row waits or was refused. */
export function isEmptyYear(year: SenderYear): boolean {
  return !year.received && !year.expected && year.state === 'open' && !year.parked && !year.refused;
}

/** The years about which any sender has something, the newest first. */
export function listKnownYears(senders: readonly Sender[]): number[] {
  const known = senders.flatMap((sender) => sender.years.filter((year) => !isEmptyYear(year)));
  return [...new Set(known.map((each) => each.year))].sort((a, b) => b - a);
}

function joinYears(years: readonly SenderYear[]): ServiceCell {
  const cell: ServiceCell = {
    states: noStates(),
    received: 0,
    expected: null,
    expectedFrom: null,
    parked: 0,
    refused: 0,
  };
  for (const year of years) {
    cell.states[year.state]++;
    cell.received += year.received;
    if (year.expected !== null) {
      const isSame = cell.expected === null || cell.expectedFrom === year.expectedFrom;
      cell.expectedFrom = isSame ? year.expectedFrom : 'both';
      cell.expected = (cell.expected ?? 0) + year.expected;
    }
    cell.parked += year.parked;
    cell.refused += year.refused;
  }
  return cell;
}

function noStates(): Record<YearState, number> {
  return { open: 0, submitted: 0, accepted: 0, locked: 0 };
}

/**
 * Share of the expected records that are there, each service at most whole: a surplus in one service does not hide a gap
 * in another.
 */
export function shareOf(cells: readonly Pick<SenderYear, 'received' | 'expected'>[]): number | null {
  let received = 0;
  let expected = 0;
  for (const cell of cells) {
    if (cell.expected) {
      received += Math.min(cell.received, cell.expected);
      expected += cell.expected;
    }
  }
  return expected === 0 ? null : received / expected;
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return Date.parse(a) > Date.parse(b) ? a : b;
}

/** Sums for the head of the page; `states` counts years of a province and service. */
export interface YearSummary {
  provinces: number;
  states: Record<YearState, number>;
  /** Provinces and services without any record about the year although some are expected. */
  silent: number;
  parked: number;
  refused: number;
}

export function summariseYear(lines: readonly ProvinceLine[], service?: Service): YearSummary {
  const states = noStates();
  let silent = 0;
  let parked = 0;
  let refused = 0;
  for (const line of lines) {
    for (const each of SERVICES) {
      const cell = line.cells[each];
      if (!cell || (service && service !== each)) {
        continue;
      }
      for (const state of YEAR_STATES) states[state] += cell.states[state];
      parked += cell.parked;
      refused += cell.refused;
      if (cell.received === 0 && (cell.expected ?? 0) > 0) {
        silent++;
      }
    }
  }
  return { provinces: lines.length, states, silent, parked, refused };
}

export const SORTS = [
  'province',
  'least-complete',
  'longest-silent',
  'most-waiting',
  'most-refused',
] as const;
export type LineSort = (typeof SORTS)[number];

/** Sorts a copy of the lines; equal ones keep the order of the province codes. */
export function sortLines(lines: readonly ProvinceLine[], by: LineSort): ProvinceLine[] {
  const keys: Record<LineSort, (line: ProvinceLine) => number> = {
    province: () => 0,
    'least-complete': (line) => line.share ?? Infinity,
    'longest-silent': (line) => (line.lastPush === null ? -Infinity : Date.parse(line.lastPush)),
    'most-waiting': (line) => -line.parked,
    'most-refused': (line) => -line.refused,
  };
  const key = keys[by];
  return [...lines].sort((a, b) => compareNumbers(key(a), key(b)) || a.province.localeCompare(b.province));
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

import { describe, expect, it } from 'vitest';
import {
  linesOfYear,
  listKnownYears,
  readOpenYear,
  shareOf,
  sortLines,
  summariseYear,
  type Sender,
  type SenderYear,
} from './completeness';
import { words } from './words';
import { writeReceived } from './YearCell';

function year(part: Partial<SenderYear>): SenderYear {
  return {
    year: 2025,
    state: 'open',
    since: null,
    received: 0,
    expected: null,
    expectedFrom: null,
    records: {},
    parked: 0,
    refused: 0,
    lastFile: null,
    lastPush: null,
    ...part,
  };
}

function sender(province: string, service: Sender['service'], years: SenderYear[]): Sender {
  return {
    province,
    service,
    files: 0,
    rows: 0,
    parked: 99,
    refused: 99,
    lastPush: '2026-11-01T00:00:00Z',
    withoutYear: { parked: 0, refused: 0 },
    years,
  };
}

const SENDERS = [
  sender('32', 'overseas', [
    year({
      received: 8,
      expected: 10,
      expectedFrom: 'plan',
      parked: 2,
      lastPush: '2026-03-01T00:00:00Z',
      state: 'submitted',
    }),
    year({ year: 2024, received: 1, expected: 1, expectedFrom: 'year-before' }),
  ]),
  sender('12', 'overseas', [year({ received: 0, expected: 5, refused: 3 })]),
  sender('32', 'mobility', [
    year({
      received: 30,
      expected: 10,
      lastPush: '2026-04-01T00:00:00Z',
      state: 'locked',
    }),
  ]),
];

describe('linesOfYear', () => {
  const lines = linesOfYear(SENDERS, 2025);

  it('counts the year that is asked for, not the sums of all years', () => {
    expect(lines.map((line) => [line.province, line.parked, line.refused])).toEqual([
      ['12', 0, 3],
      ['32', 2, 0],
    ]);
  });

  it('takes the newest push of all services', () => {
    expect(lines[1]!.lastPush).toBe('2026-04-01T00:00:00Z');
    expect(lines[0]!.lastPush).toBeNull();
  });

  it('sums states, and counts who is silent although something is expected', () => {
    expect(summariseYear(lines)).toEqual({
      provinces: 2,
      states: { open: 1, submitted: 1, accepted: 0, locked: 1 },
      silent: 1,
      parked: 2,
      refused: 3,
    });
    expect(summariseYear(lines, 'mobility').states).toEqual({
      open: 0,
      submitted: 0,
      accepted: 0,
      locked: 1,
    });
  });

  it('joins the years of an answer without letting one year hide the gap of another', () => {
    const [, second] = linesOfYear(SENDERS);
    expect(second!.cells.overseas).toEqual({
      states: { open: 1, submitted: 1, accepted: 0, locked: 0 },
      received: 9,
      expected: 11,
      expectedFrom: 'both',
      parked: 2,
      refused: 0,
    });
    expect(second!.share).toBe((8 + 1 + 10) / 21);
  });

  it('puts who never sent anything before who was silent longest', () => {
    expect(sortLines(lines, 'longest-silent').map((line) => line.province)).toEqual(['12', '32']);
    expect(sortLines(lines, 'most-waiting').map((line) => line.province)).toEqual(['32', '12']);
  });
});

describe('writeReceived', () => {
  const write = (received: number, expected: number | null, expectedFrom: SenderYear['expectedFrom']) =>
    writeReceived({ received, expected, expectedFrom }, words.zh, String);

  it('calls the number of the year before by its name, and only a plan a plan', () => {
    expect(write(694, 669, 'year-before')).toBe('694 · 上年 669');
    expect(write(694, 700, 'plan')).toBe('694 / 计划 700');
    expect(write(9, 11, 'both')).toBe('9 · 计划或上年 11');
    expect(write(9, null, null)).toBe('9（无计划，上年无记录）');
    expect(write(0, null, null)).toBe('无记录');
  });
});

describe('listKnownYears', () => {
  it('leaves out years without data, and keeps one that has only a state', () => {
    const years = [2021, 2022, 2023].map((each) => year({ year: each }));
    const moved = [year({ year: 2020, state: 'locked' }), year({ year: 2022, expected: 3 })];
    expect(listKnownYears([sender('12', 'overseas', years), sender('32', 'mobility', moved)])).toEqual([
      2022, 2020,
    ]);
  });
});

describe('shareOf', () => {
  it('does not let a surplus hide a gap', () => {
    expect(shareOf([year({ received: 30, expected: 10 }), year({ received: 0, expected: 10 })])).toBe(0.5);
  });

  it('is unknown where nothing is expected', () => {
    expect(shareOf([year({ received: 3 }), year({ received: 0, expected: 0 })])).toBeNull();
  });
});

describe('readOpenYear', () => {
  it('reads a service and a year of four digits, nothing else', () => {
    expect(readOpenYear('overseas,2024')).toEqual({ service: 'overseas', year: 2024 });
    expect(readOpenYear('overseas,32')).toBeUndefined();
    expect(readOpenYear('feeds,2024')).toBeUndefined();
    expect(readOpenYear(undefined)).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import type { Sender, SenderYear, YearState } from '../../kit/records/years';
import { listBehind, listDue, listLockable, listSubmitted } from './pendingYears';

function yearOf(
  year: number,
  state: YearState,
  received: number,
  expected: number | null = null,
): SenderYear {
  return {
    year,
    state,
    received,
    expected,
    expectedFrom: expected === null ? null : 'plan',
    since: null,
    records: {},
    parked: 0,
    refused: 0,
    lastFile: null,
    lastPush: null,
  };
}

function senderOf(province: string, service: Sender['service'], ...years: SenderYear[]): Sender {
  return {
    province,
    service,
    files: 0,
    rows: 0,
    parked: 0,
    refused: 0,
    lastPush: null,
    withoutYear: { parked: 0, refused: 0 },
    years,
  };
}

test('submitted years are grouped by year with each province once', () => {
  const groups = listSubmitted([
    senderOf('12', 'overseas', yearOf(2025, 'submitted', 4), yearOf(2024, 'accepted', 3)),
    senderOf('12', 'standards', yearOf(2025, 'submitted', 1)),
    senderOf('11', 'overseas', yearOf(2024, 'submitted', 9), yearOf(2025, 'submitted', 9)),
  ]);
  expect(groups.map(({ year, provinces, items }) => [year, provinces, items.length])).toEqual([
    [2025, ['11', '12'], 3],
    [2024, ['11'], 1],
  ]);
});

test('a finished open year with less than half of the expected records is behind', () => {
  const senders = [
    senderOf('11', 'overseas', yearOf(2025, 'open', 4, 10)),
    senderOf('12', 'overseas', yearOf(2025, 'open', 5, 10)),
    senderOf('13', 'overseas', yearOf(2025, 'submitted', 0, 10)),
    senderOf('14', 'overseas', yearOf(2026, 'open', 0, 10)),
    senderOf('15', 'overseas', yearOf(2025, 'open', 0)),
  ];
  expect(listBehind(senders, 2026).map(({ provinces }) => provinces)).toEqual([['11']]);
});

test('a year can be locked when nothing of it is open or submitted', () => {
  const accepted = senderOf('11', 'overseas', yearOf(2025, 'accepted', 4), yearOf(2024, 'accepted', 4));
  const others = senderOf('12', 'overseas', yearOf(2025, 'open', 4), yearOf(2024, 'locked', 4));
  const empty = senderOf('13', 'overseas', yearOf(2024, 'open', 0));
  expect(
    listLockable([accepted, others, empty], 2026).map(({ year, provinces }) => [year, provinces]),
  ).toEqual([[2024, ['11']]]);
});

test('a bureau owes its finished open years, without those that were given back', () => {
  const sender = senderOf(
    '12',
    'overseas',
    yearOf(2026, 'open', 4),
    yearOf(2025, 'open', 4),
    yearOf(2024, 'open', 0, 3),
    yearOf(2023, 'open', 2),
    yearOf(2022, 'open', 0),
  );
  const due = listDue([sender], 2026, (_, year) => year === 2023);
  expect(due.map((each) => each.year.year)).toEqual([2024, 2025]);
});

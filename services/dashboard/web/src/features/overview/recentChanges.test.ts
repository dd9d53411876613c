import { expect, test } from 'vitest';
import { joinHappenings, readHappenings } from './recentChanges';

const entry = (at: string, position: number, changes: Record<string, [string, number][]>) => ({
  position,
  at,
  action: 'changed',
  outcome: 'done',
  record: 'overseas-school',
  province: '12',
  object: null,
  actor: 'chen-jing',
  roles: ['bureau'],
  address: null,
  requestId: 'r',
  hash: null,
  details: { changes },
});

const ENTRIES = [
  entry('2026-11-29T03:00:00Z', 1, { created: [['12/A', 1]] }),
  entry('2026-11-29T04:00:00Z', 2, { created: [['12/B', 1]], corrected: [['12/A', 2]] }),
  entry('2026-11-29T04:00:03Z', 3, { created: [['12/C', 1]] }),
];

test('parts of one file are one happening, the newest first', () => {
  const read = readHappenings(ENTRIES);
  expect(read.map(({ change, count, keys }) => [change, count, keys])).toEqual([
    ['created', 2, ['12/C@1', '12/B@1']],
    ['corrected', 1, ['12/A@2']],
    ['created', 1, ['12/A@1']],
  ]);
});

test('what the stream has brought is not listed twice', () => {
  const [newest, ...older] = readHappenings(ENTRIES);
  const live = { ...newest!, id: 'live', keys: ['12/C@1'] };
  expect(joinHappenings([live], readHappenings(ENTRIES)).map(({ id }) => id)).toEqual([
    'live',
    ...older.map(({ id }) => id),
  ]);
});

import { expect, test } from 'vitest';
import type { Batch, FileColumn } from './batch';
import {
  firstChoices,
  isDecided,
  mappableColumns,
  mergeMapping,
  missingFields,
  NOT_READ,
} from './columnChoices';

function column(
  number: number,
  heading: string | null,
  reading: FileColumn['reading'],
  field: string | null = null,
  suggestedField: string | null = null,
): FileColumn {
  return { number, heading, field, reading, suggestedField };
}

function batch(columns: FileColumn[], missing: string[] = []): Batch {
  return {
    columns,
    errors: missing.map((field) => ({ rule: 'column-missing', pointer: `/${field}` })),
  } as unknown as Batch;
}

const refused = batch(
  [
    column(1, '序号', 'ignored'),
    column(2, '批次号', 'unknown', null, 'sourceId'),
    column(3, '人数', 'other-name', 'participants'),
    column(4, '天数', 'own', 'days'),
    column(5, '带队教师', 'unknown'),
  ],
  ['sourceId', 'startedOn'],
);

test('a heading of the template is not mapped, a suggestion is chosen at first', () => {
  expect(mappableColumns(refused).map((each) => each.number)).toEqual([1, 2, 3, 5]);
  expect(firstChoices(refused)).toEqual({ 1: NOT_READ, 2: 'sourceId', 3: 'participants', 5: undefined });
});

test('a required field is missing until a column means it', () => {
  const first = firstChoices(refused);
  expect(missingFields(refused, first)).toEqual(['startedOn']);
  expect(missingFields(refused, { ...first, 5: 'startedOn' })).toEqual([]);
});

test('each column is decided once, and no field is meant twice', () => {
  const first = firstChoices(refused);
  expect(isDecided(refused, first)).toBe(false);
  expect(isDecided(refused, { ...first, 5: NOT_READ })).toBe(true);
  expect(isDecided(refused, { ...first, 5: 'sourceId' })).toBe(false);
});

test('a column that may name a person need not be decided', () => {
  expect(isDecided(batch([column(1, null, 'unknown')]), {})).toBe(true);
});

test('only what the clerk decided is stored, next to what was stored before', () => {
  const known = [
    { heading: '项目编码', field: 'sourceId' },
    { heading: '批次号', field: null },
  ];
  expect(mergeMapping(known, refused, { ...firstChoices(refused), 5: NOT_READ })).toEqual([
    { heading: '项目编码', field: 'sourceId' },
    { heading: '批次号', field: 'sourceId' },
    { heading: '带队教师', field: null },
  ]);
  expect(mergeMapping([], refused, { ...firstChoices(refused), 1: 'sourceId', 2: NOT_READ })).toEqual([
    { heading: '序号', field: 'sourceId' },
    { heading: '批次号', field: null },
  ]);
});

test('a heading is stored once, however it is written', () => {
  const file = batch([
    column(1, 'host country', 'unknown'),
    column(2, '接收 机构（全称）', 'unknown'),
    column(3, '带队教师', 'unknown'),
    column(4, '带队 教师', 'unknown'),
  ]);
  const known = [
    { heading: 'Host　Country', field: 'country' },
    { heading: '接收机构(全称)', field: 'host' },
    { heading: '项目编码', field: 'sourceId' },
  ];
  expect(mergeMapping(known, file, { 1: 'hostCountry', 2: NOT_READ, 3: 'teacher', 4: NOT_READ })).toEqual([
    { heading: '项目编码', field: 'sourceId' },
    { heading: 'host country', field: 'hostCountry' },
    { heading: '接收 机构（全称）', field: null },
    { heading: '带队教师', field: 'teacher' },
  ]);
});

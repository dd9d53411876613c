import { expect, test } from 'vitest';
import type { RecordInfo } from './recordDictionary';
import { isShownByKeyOnly, placeRecord } from './recordPlace';

const SCHOOL: RecordInfo = {
  service: 'overseas',
  record: 'overseas-school',
  collection: 'overseas-schools',
  name: { zh: '境外办学机构', en: 'Schools abroad' },
  fields: {},
};

test('a record of a bureau has a page of its own', () => {
  expect(placeRecord('overseas-school', '12', 'LB/1', SCHOOL, 'bureau')).toEqual({
    path: '/records/overseas-school/12/LB%2F1',
    search: {},
  });
});

test('a member of an alliance is on the page of the alliance, for who may open it', () => {
  expect(placeRecord('alliance-member', '00', 'WFCP.U-001', undefined, 'operator')).toEqual({
    path: '/alliances/WFCP',
    search: { tab: 'members' },
  });
  expect(placeRecord('alliance-member', '00', 'WFCP.U-001', undefined, 'bureau')).toBeUndefined();
});

test('a record without a page leads nowhere', () => {
  expect(placeRecord('batch', '12', 'b', undefined, 'operator')).toBeUndefined();
});

test('records of persons are shown by key only', () => {
  expect(isShownByKeyOnly('inbound-enrolment')).toBe(true);
  expect(isShownByKeyOnly('overseas-school')).toBe(false);
});

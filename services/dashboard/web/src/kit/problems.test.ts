import { expect, test } from 'vitest';
import { placeFindings, RefusedRequest } from './problems';

test('a finding is shown at the field that it points into, and the others stay with the refusal', () => {
  const finding = (pointer: string, detail: string) => ({ pointer, rule: 'r', detail, detailZh: detail });
  const errors = [
    finding('/filter/countries/1', 'XXX is unknown.'),
    finding('/filter/countries/2', 'YYY is unknown.'),
    finding('/filter/regionsOfOld', 'There is no such field.'),
    finding('/countries', 'It is not part of the filter.'),
  ];
  const problem = { type: 't', title: 't', titleZh: 't', detail: 'd', detailZh: 'd', status: 422, errors };
  const placed = placeFindings(new RefusedRequest(problem), ['countries', 'regions'], 'en', '/filter');
  expect(placed.at).toEqual({ countries: 'XXX is unknown. YYY is unknown.' });
  const { errors: others } = (placed.error as RefusedRequest).problem;
  expect(others?.map((each) => each.pointer)).toEqual(['/filter/regionsOfOld', '/countries']);
});

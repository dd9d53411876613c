import { expect, test } from 'vitest';
import type { ReferenceNames } from '../reference';
import { readServiceInfo } from './recordDictionary';

test('a service has its own records only, with their paths and headings', () => {
  const name = { zh: '境外办学机构', en: 'Overseas school' };
  const fields = { brand: { zh: '品牌', en: 'Brand', codes: 'brands' } };
  const names = {
    records: {
      'overseas-school': { service: 'overseas', collection: 'overseas-schools', name, fields },
      standard: { service: 'standards', collection: 'standards', name, fields: {} },
    },
  } as unknown as ReferenceNames;
  expect(readServiceInfo('overseas', names).records).toEqual([
    { service: 'overseas', record: 'overseas-school', collection: 'overseas-schools', name, fields },
  ]);
  expect(readServiceInfo('mobility', names).records).toEqual([]);
});

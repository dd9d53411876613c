import { describe, expect, it } from 'vitest';
import { readServiceInfo, splitName } from './recordDictionary';

describe('readServiceInfo', () => {
  const info = readServiceInfo('overseas', {
    tags: [{ name: 'overseas-headcounts', description: '境外办学人数' }, { name: 'batches' }],
    paths: {
      '/v1/batches': {},
      '/v1/overseas-headcounts': {},
      '/v1/overseas-headcounts/batches': {},
      '/v1/overseas-headcounts/{province}/{sourceId}': {},
    },
    components: {
      schemas: {
        OverseasHeadcount: {
          properties: { students: { title: 'Students / 在校生数' }, extra: {} },
        },
      },
    },
  });

  it('finds each record that takes files, once, with the headings of its fields', () => {
    expect(info.records).toEqual([
      {
        service: 'overseas',
        record: 'overseas-headcount',
        collection: 'overseas-headcounts',
        name: { zh: '境外办学人数', en: 'Overseas headcounts' },
        fields: { students: { zh: '在校生数', en: 'Students' } },
      },
    ]);
  });
});

describe('splitName', () => {
  it('keeps a slash of the English name', () => {
    expect(splitName('Belt / Road member / 共建国家')).toEqual({
      en: 'Belt / Road member',
      zh: '共建国家',
    });
    expect(splitName('学分/证书互认')).toEqual({
      en: '学分/证书互认',
      zh: '学分/证书互认',
    });
  });
});

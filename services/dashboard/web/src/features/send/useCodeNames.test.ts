import { describe, expect, it } from 'vitest';
import { readProvinceNames } from './useCodeNames';

describe('readProvinceNames', () => {
  it('reads each province once, whatever the order of columns and the quotes', () => {
    const names = readProvinceNames(
      '\uFEFFservice,province,provinceEn,provinceZh,year\r\n' +
        'overseas,12,Tianjin,天津,2025\r\n' +
        'mobility,12,Tianjin,天津,2025\r\n' +
        'overseas,71,"Taiwan, China",台湾,2025\r\n',
    );
    expect([...names]).toEqual([
      ['12', { zh: '天津', en: 'Tianjin' }],
      ['71', { zh: '台湾', en: 'Taiwan, China' }],
    ]);
  });

  it('has no names where the columns are missing', () => {
    expect(readProvinceNames('problem').size).toBe(0);
  });
});

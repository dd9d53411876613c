import { useCallback } from 'react';
import { useLanguage } from '../language';
import { shortProvinceName, useReference, useUnnamed } from '../reference';

/** The code of records that no bureau owns. */
const NATIONAL = '00';

/** The names of all province-level units, short for small cells or whole. */
export function useProvinceNames(): (code: string, form?: 'short' | 'full') => string {
  const language = useLanguage();
  const names = useReference();
  const unnamed = useUnnamed();
  return useCallback(
    (code, form = 'short') => {
      if (code === NATIONAL) return language === 'zh' ? '全国' : 'Nationwide';
      const found = names?.provinces.find((province) => province.code === code);
      if (!found) return unnamed(code);
      return form === 'full' ? found[language] : shortProvinceName(found, language);
    },
    [names, unnamed, language],
  );
}

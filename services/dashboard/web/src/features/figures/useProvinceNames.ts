import { useCallback } from 'react';
import { useLanguage } from '../../kit/language';
import { shortProvinceName, useReference } from '../../kit/reference';

/** The names of all province-level units, short for small cells or whole; a code without a name stands for itself. */
export function useProvinceNames(): (code: string, form?: 'short' | 'full') => string {
  const language = useLanguage();
  const names = useReference();
  return useCallback(
    (code, form = 'short') => {
      const found = names?.provinces.find((province) => province.code === code);
      if (!found) return code;
      return form === 'full' ? found[language] : shortProvinceName(found, language);
    },
    [names, language],
  );
}

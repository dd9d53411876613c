import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../../kit/api';
import { useLanguage } from '../../kit/language';

interface Province {
  code: string;
  zh: string;
  zhShort?: string;
  en: string;
}

/** The short names of all province-level units, as the reference data of the API gives them. */
export function useProvinceNames(): (code: string) => string {
  const language = useLanguage();
  const reference = useQuery({
    queryKey: ['indicators', 'reference'],
    queryFn: ({ signal }) =>
      fetchJson<{ provinces?: Province[] }>('/api/indicators/v1/reference', { signal }),
    staleTime: Infinity,
    retry: false,
  });
  return (code) => {
    const found = reference.data?.provinces?.find((each) => each.code === code);
    return found ? (language === 'zh' ? (found.zhShort ?? found.zh) : found.en) : code;
  };
}

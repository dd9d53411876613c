import { useLanguage } from '../../kit/language';
import { useWords } from '../../kit/words';
import { shortenName } from '../overview/provinceTable';
import { useProvinceNames as useNamesOfSenders } from '../send/useCodeNames';
import { words } from './words';

/** The short names of all province-level units: those of senders as the API names them, and of the three that send nothing. */
export function useProvinceNames(): (code: string) => string {
  const language = useLanguage();
  const text = useWords(words);
  const names = useNamesOfSenders();
  return (code) => {
    const found = names.get(code)?.[language];
    if (found) return language === 'zh' ? shortenName(found) : found;
    return text.withoutData(code) || code;
  };
}

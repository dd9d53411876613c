import { useName } from '../language';
import { useUnnamed } from '../reference';
import { useWords } from '../words';
import { useCodeNames } from '../records/useCodeNames';
import { useDefinition } from './useFigure';
import { useProvinceNames } from './useProvinceNames';
import { useReferenceNames } from './useReferenceNames';
import { words } from './words';

/** Filters as a reader reads them: "所在国家：泰国". */
export function useFilterNames(
  figure: string,
  filters: Record<string, string>,
  list?: string,
): { key: string; text: string }[] {
  const name = useName();
  const text = useWords(words);
  const names = useReferenceNames();
  const provinceName = useProvinceNames();
  const codeName = useCodeNames();
  const unnamed = useUnnamed();
  const record = useDefinition(figure).data?.record;
  const nameOf = (dimension: string, code: string) => {
    if (dimension === 'province') return provinceName(code);
    const found = codeName(dimension, code, record);
    return found ? name(found) : unnamed(code);
  };
  const shown = Object.entries(filters).map(([dimension, values]) => ({
    key: dimension,
    text: text.filter(
      names.dimension(dimension),
      values.split(',').map((code) => nameOf(dimension, code)),
    ),
  }));
  return list ? [...shown, { key: 'list', text: list.split(',').map(names.listOf).join(', ') }] : shown;
}

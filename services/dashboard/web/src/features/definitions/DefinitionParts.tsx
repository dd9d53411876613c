import type { components } from '../../generated/indicators';
import { useWords } from '../../kit/words';
import { words as definitionWords } from './words';

type Figure = components['schemas']['IndicatorAnswer'];
type Words = ReturnType<typeof useWords<(typeof definitionWords)['zh']>>;

/** Whether a figure is counted, and otherwise how it is derived. */
export function KindName({ figure }: { figure: Figure }) {
  const words = useWords(definitionWords);
  if (!figure.derived) return <>{words.counted}</>;
  const kinds: Record<string, string> = {
    share: words.derivedShare,
    sum: words.derivedSum,
    difference: words.derivedDifference,
    change: words.derivedChange,
    growth: words.derivedGrowth,
    over: words.derivedOver,
    concentration: words.derivedConcentration,
    median: words.derivedMedian,
  };
  return <>{kinds[figure.derived.kind] ?? figure.derived.kind}</>;
}

export function periodWord(words: Words, period: string): string {
  const periods: Record<string, string> = {
    stock: words.stock,
    flow: words.flow,
    'flow-of-year': words.flowOfYear,
  };
  return periods[period] ?? period;
}

export function periodHint(words: Words, period: string): string {
  const hints: Record<string, string> = {
    stock: words.stockHint,
    flow: words.flowHint,
    'flow-of-year': words.flowOfYearHint,
  };
  return hints[period] ?? '';
}

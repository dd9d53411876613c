import { useFormats } from '../formats';
import { kitWords } from '../kitWords';
import { useName } from '../language';
import { useWords } from '../words';
import type { Answer } from './answer';
import type { Wording } from './findingWords';
import type { Row } from './table';

/** What values of the picture are: those of the figure, shares of a whole, or changes against the year before. */
export type Measure = 'value' | 'share' | 'growth';

/** How the numbers, periods and names of an answer are written in the language of the page. */
export function useWording(
  indicator: Answer['indicator'] | undefined,
  running: string | null,
  measure: Measure = 'value',
) {
  const formats = useFormats();
  const name = useName();
  const kit = useWords(kitWords);
  const percent = indicator?.unit.code === 'percent';
  const unit = indicator ? name(indicator.unit) : '';
  const withUnit = (text: string) => (unit ? `${text} ${unit}` : text);
  const format = (value: number | null | undefined): string => {
    if (measure === 'growth') return percent ? formats.points(value) : `${formats.difference(value, 1)} %`;
    if (measure === 'share' || percent) return formats.share(value);
    return formats.number(value);
  };
  const shortValue = (value: number) =>
    measure === 'value' && !percent ? formats.tileNumber(value) : `${formats.number(value)} %`;
  const wording: Wording = {
    figure: indicator ? name(indicator.name) : '',
    value: (value) => (measure === 'value' && !percent ? withUnit(format(value)) : format(value)),
    difference: (value) => {
      if (measure === 'share' || percent) return formats.points(value);
      return measure === 'growth' ? format(value) : withUnit(formats.difference(value));
    },
    period: (period) =>
      period === running ? kit.toDate(period) : /^\d{4}$/.test(period) ? kit.yearOf(period) : period,
    share: formats.share,
  };
  return {
    wording,
    format,
    shortValue,
    difference: (value: number | null) => (percent ? formats.points(value) : formats.difference(value)),
    nameOf: (row: Row) => row.names.map(name).join(formats.language === 'zh' ? '·' : ', ') || wording.figure,
    language: formats.language,
  };
}

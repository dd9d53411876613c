import type { Named } from '../../kit/language';
import type { FigurePreview, PreviewAnswer } from '../../kit/figures/preview';

/** What a record gives to one counted figure. */
export interface FigureAmount {
  code: string;
  name: Named;
  unit: Named;
  /** Years with one amount, the newest first. */
  spans: AmountSpan[];
}

/** Years in which the amount is the same, from the first to the last. */
export interface AmountSpan {
  from: string;
  until: string;
  amount: number;
}

/**
 * Lists what a record gives to each counted figure: by how much the figure is larger with it than without it.
 *
 * @param without the preview of its withdrawal
 */
export function listAmounts(without: PreviewAnswer): FigureAmount[] {
  return without.items
    .filter((item) => Array.isArray(item.dimensions))
    .map((item) => ({
      code: item.indicator.code,
      name: item.indicator.name,
      unit: item.indicator.unit,
      spans: joinYears(item.years),
    }))
    .filter((figure) => figure.spans.length > 0)
    .sort((one, other) => other.spans[0]!.until.localeCompare(one.spans[0]!.until));
}

function joinYears(years: FigurePreview['years']): AmountSpan[] {
  const spans: AmountSpan[] = [];
  for (const year of [...years].sort((one, other) => other.period.localeCompare(one.period))) {
    const amount = (year.before ?? 0) - (year.after ?? 0);
    const last = spans.at(-1);
    if (amount === 0) continue;
    if (last?.amount === amount && Number(last.from) - 1 === Number(year.period)) last.from = year.period;
    else spans.push({ from: year.period, until: year.period, amount });
  }
  return spans;
}

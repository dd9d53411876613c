/** Bars of a bridge: how a published number leads to the live one. */

export type BridgeStep = { kind: string; name: { zh: string; en: string }; events: number; amount: number };

export type WaterfallBar = {
  kind: string;
  /** Level before and after the step; of the two ends 0 and the number itself. */
  from: number;
  to: number;
  amount: number;
  events: number;
  /** Whether the bar is one of the two ends, which begin at the axis. */
  end: boolean;
};

export type Waterfall = {
  bars: WaterfallBar[];
  /** What is missing between the last step and the live number; 0 when all adds up. */
  gap: number;
  /** Lowest and highest level of the axis. */
  low: number;
  high: number;
};

/** Decimals that no number of these loses; amounts of shares have two, published ones up to six. */
const MOST_DECIMALS = 9;
/** Share of the span that stays free below the lowest level when the axis does not begin at 0. */
const FREE_BELOW = 0.25;
/** The axis begins at 0 while the steps are at least this share of the larger end. */
const LEAST_VISIBLE_SHARE = 0.2;

/** Returns the sum without the errors of binary fractions. */
export function sum(...numbers: number[]): number {
  return Number(numbers.reduce((total, each) => Number((total + each).toFixed(MOST_DECIMALS)), 0));
}

export function layOutWaterfall(published: number, live: number, steps: readonly BridgeStep[]): Waterfall {
  const bars: WaterfallBar[] = [
    { kind: 'published', from: 0, to: published, amount: published, events: 0, end: true },
  ];
  let level = published;
  for (const step of steps) {
    const next = sum(level, step.amount);
    bars.push({
      kind: step.kind,
      from: level,
      to: next,
      amount: step.amount,
      events: step.events,
      end: false,
    });
    level = next;
  }
  bars.push({ kind: 'live', from: 0, to: live, amount: live, events: 0, end: true });
  return { bars, gap: sum(live, -level), ...chooseAxis(bars) };
}

/** Returns 0 as the lowest level where the steps can be seen then, and otherwise one just below the bars. */
function chooseAxis(bars: readonly WaterfallBar[]): { low: number; high: number } {
  const levels = bars.map((bar) => bar.to);
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels, 0);
  const span = highest - lowest;
  if (lowest <= 0 || span === 0 || span / highest >= LEAST_VISIBLE_SHARE) {
    return { low: Math.min(0, lowest), high: highest === Math.min(0, lowest) ? highest + 1 : highest };
  }
  return { low: Math.max(0, lowest - span * FREE_BELOW), high: highest };
}

/** Returns where a bar stands, in percent of the width of the axis. */
export function placeBar(bar: WaterfallBar, low: number, high: number): { start: number; width: number } {
  const scale = (level: number): number => ((level - low) / (high - low)) * 100;
  const base = bar.end ? Math.max(low, Math.min(0, high)) : bar.from;
  const one = scale(base);
  const other = scale(bar.to);
  return { start: Math.min(one, other), width: Math.abs(other - one) };
}

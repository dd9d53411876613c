/** A step of the way from one value to another: where it begins and ends, in parts of the whole width. */
export interface WaterfallStep {
  left: number;
  width: number;
}

/** Places the steps one after the other from the first value; the scale holds every value on the way, and 0 only if it is near. */
export function placeSteps(first: number, amounts: number[]): WaterfallStep[] {
  const heights = [first];
  for (const amount of amounts) heights.push((heights.at(-1) ?? first) + amount);
  const low = Math.min(...heights);
  const high = Math.max(...heights);
  const span = high - low;
  if (span === 0) return amounts.map(() => ({ left: 0, width: 0 }));
  return amounts.map((_, at) => {
    const start = heights[at] ?? first;
    const end = heights[at + 1] ?? first;
    return { left: (Math.min(start, end) - low) / span, width: Math.abs(end - start) / span };
  });
}

/** Whether amounts add up to a difference, as exact as the API writes them. */
export function sumsTo(amounts: number[], difference: number): boolean {
  return Math.abs(amounts.reduce((sum, amount) => sum + amount, 0) - difference) < 0.005;
}

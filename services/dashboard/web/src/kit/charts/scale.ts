/** The number of steps of the sequence of colours. */
export const STEPS = 7;

/**
 * The upper limits of the steps for values from 0 to `most`: round numbers, so that the legend can be read. Fewer steps where the
 * values are few.
 */
export function limitsOf(most: number): number[] {
  if (most <= 0) return [0];
  const wide = most / STEPS;
  const unit = 10 ** Math.floor(Math.log10(wide));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((each) => each * STEPS >= most) ?? wide;
  const whole = most > STEPS ? Math.max(1, Math.ceil(step)) : step;
  const count = Math.min(STEPS, Math.ceil(most / whole));
  return Array.from({ length: count }, (_, at) => Math.round((at + 1) * whole * 1e6) / 1e6);
}

/** The step of a value, from 1; 0 for 0. */
export function stepOf(value: number, limits: number[]): number {
  if (value <= 0) return 0;
  const at = limits.findIndex((limit) => value <= limit);
  const step = at < 0 ? limits.length : at + 1;
  return limits.length === 1 ? STEPS : Math.round(1 + ((step - 1) * (STEPS - 1)) / (limits.length - 1));
}

/** Round marks of an axis from 0 to at least `most`. */
export function marksOf(most: number, wanted = 5): number[] {
  if (most <= 0) return [0];
  const rough = most / wanted;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((each) => each >= rough) ?? rough;
  const marks = [];
  for (let mark = 0; mark < most + step; mark += step) marks.push(Math.round(mark * 1e6) / 1e6);
  return marks;
}

import type { FigureMovement } from '../../kit/figures/preview';

/** Verdict on one previewed value after the file was stored. */
export interface MovementCheck extends FigureMovement {
  /** Value as of the receipt; undefined where the figure cannot be asked by year. */
  now: number | null | undefined;
  verdict: 'as-previewed' | 'different' | 'not-comparable';
  /** Now minus the previewed value; null where one of them is absent. */
  deviation: number | null;
}

/**
 * Compares the preview with the values that include the receipt.
 *
 * @param values value by `code|period`; a key that is missing was not answered
 */
export function compareWithPreview(
  preview: readonly FigureMovement[],
  values: ReadonlyMap<string, number | null>,
): MovementCheck[] {
  return preview.map((movement) => {
    const key = `${movement.code}|${movement.period}`;
    if (!values.has(key)) {
      return {
        ...movement,
        now: undefined,
        verdict: 'not-comparable',
        deviation: null,
      };
    }
    const now = values.get(key) ?? null;
    const same = now === movement.after || (now === null && movement.after === 0);
    return {
      ...movement,
      now,
      verdict: same ? 'as-previewed' : 'different',
      deviation: now === null || movement.after === null ? null : round(now - movement.after),
    };
  });
}

/** Removes the noise of binary fractions; values have two decimals. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

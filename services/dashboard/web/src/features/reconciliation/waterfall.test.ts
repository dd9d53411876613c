import { describe, expect, it } from 'vitest';
import { layOutWaterfall, placeBar, sum, type BridgeStep } from './waterfall';

const step = (kind: string, amount: number): BridgeStep => ({
  kind,
  name: { zh: '', en: '' },
  events: 1,
  amount,
});

describe('waterfall', () => {
  it('leads from the published number to the live one without a gap', () => {
    const { bars, gap } = layOutWaterfall(543, 545, [
      step('not-explained', -1),
      step('late', 4),
      step('withdrawn', -1),
    ]);
    expect(bars.map((bar) => [bar.from, bar.to])).toEqual([
      [0, 543],
      [543, 542],
      [542, 546],
      [546, 545],
      [0, 545],
    ]);
    expect(gap).toBe(0);
  });

  it('says what is missing when the steps do not add up', () => {
    expect(layOutWaterfall(10, 12, [step('late', 1)]).gap).toBe(1);
  });

  it('adds shares without the errors of binary fractions', () => {
    expect(sum(0.1, 0.2)).toBe(0.3);
    expect(layOutWaterfall(30.1, 30.4, [step('late', 0.1), step('corrected', 0.2)]).gap).toBe(0);
  });

  it('moves the beginning of the axis up when small steps could not be seen', () => {
    const { low, high } = layOutWaterfall(543, 545, [step('late', 2)]);
    expect(low).toBeGreaterThan(500);
    expect(high).toBe(545);
  });

  it('keeps 0 on the axis when a number is negative or all are 0', () => {
    expect(layOutWaterfall(-3, 2, [step('late', 5)])).toMatchObject({ low: -3, high: 2 });
    const zero = layOutWaterfall(0, 0, []);
    expect(zero.high).toBeGreaterThan(zero.low);
    expect(zero.bars.every((bar) => Number.isFinite(placeBar(bar, zero.low, zero.high).start))).toBe(true);
  });

  it('places a falling step from its lower end', () => {
    const place = placeBar({ kind: 'x', from: 8, to: 6, amount: -2, events: 1, end: false }, 0, 10);
    expect(place.start).toBeCloseTo(60);
    expect(place.width).toBeCloseTo(20);
  });
});

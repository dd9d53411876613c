import type { components } from '../../generated/indicators';
import type { SparklinePoint } from '../../kit/Sparkline';

/** The spans of past knowledge that the overview shows, in the words of the API. */
export const SPANS = ['day', 'month'] as const;
export type Span = (typeof SPANS)[number];

type KnownValue = components['schemas']['KnownValue'];

/** How a value moved over a span of knowledge until now. */
export interface RecentHistory {
  points: SparklinePoint[];
  /** The first moment of the span at which the value was known. */
  since: string;
  first: number;
  /** What the value gained since then. */
  change: number;
}

/** Nothing where fewer than two points are known: one point shows no course. */
export function readHistory(
  items: readonly KnownValue[],
  now: { time: string; value: number | null },
): RecentHistory | null {
  const known = items.filter((item) => item.value !== null);
  const first = known[0];
  if (!first || known.length < 2 || now.value === null) return null;
  const later = items.filter((item) => Date.parse(item.time) < Date.parse(now.time));
  return {
    points: [...later, now].map(({ time, value }) => ({ at: Date.parse(time), value })),
    since: first.time,
    first: first.value!,
    change: Math.round((now.value - first.value!) * 100) / 100,
  };
}

import styles from './components.module.css';

const WIDTH = 120;
const HEIGHT = 32;
const INSET = 3;

export interface SparklinePoint {
  /** Order along the line. */
  at: number;
  /** null: not reported, the line is broken there. */
  value: number | null;
}

/** Runs of neighbouring points that have values, in the coordinates of the picture. */
export function placePoints(points: SparklinePoint[]): [number, number][][] {
  const values = points.map((point) => point.value).filter((value) => value !== null);
  if (values.length === 0) return [];
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const first = points[0]!.at;
  const span = points.at(-1)!.at - first || 1;
  const runs: [number, number][][] = [[]];
  for (const { at, value } of points) {
    if (value === null) {
      if (runs.at(-1)!.length > 0) runs.push([]);
    } else {
      const x = INSET + ((at - first) / span) * (WIDTH - 2 * INSET);
      const y = HEIGHT - INSET - ((value - low) / range) * (HEIGHT - 2 * INSET);
      runs.at(-1)!.push([round(x), round(y)]);
    }
  }
  return runs.filter((run) => run.length > 0);
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

/** A small line of a trend; `label` says it in words; `open` makes the last point hollow, as of a running year. */
export function Sparkline({
  points,
  label,
  open,
}: {
  points: SparklinePoint[];
  label: string;
  open?: boolean;
}) {
  const runs = placePoints(points);
  const end = runs.at(-1)?.at(-1);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {runs.map((run) => (
        <polyline
          key={run[0]!.join()}
          points={run.map((point) => point.join()).join(' ')}
          fill="none"
          stroke="var(--series-1)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {end ? <Dot at={end} width={6} colour="var(--series-1)" /> : null}
      {end && open ? <Dot at={end} width={3} colour="var(--paper)" /> : null}
    </svg>
  );
}

/** A round dot, however the picture is stretched. */
function Dot({ at, width, colour }: { at: [number, number]; width: number; colour: string }) {
  return (
    <path
      d={`M${at[0]} ${at[1]}h0`}
      stroke={colour}
      strokeWidth={width}
      strokeLinecap="round"
      vectorEffect="non-scaling-stroke"
    />
  );
}

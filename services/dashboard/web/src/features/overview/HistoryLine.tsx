import { useFormats } from '../../kit/formats';
import { Sparkline } from '../../kit/Sparkline';
import { useWords } from '../../kit/words';
import type { FigureStanding } from './figureStanding';
import styles from './overview.module.css';
import { readHistory, type Span } from './recentHistory';
import { useHistory } from './useHistory';
import { words as overviewWords } from './words';

/** How the figure moved over the last day or month; its place stays empty until two points are known. */
export function HistoryLine({
  code,
  name,
  standing,
  over,
  isShare,
  format,
}: {
  code: string;
  name: string;
  standing: FigureStanding;
  /** Undefined: not yet, or the page shows past knowledge. */
  over: Span | undefined;
  isShare: boolean;
  format: (value: number) => string;
}) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const { data } = useHistory(code, standing.year, over);
  const history = data ? readHistory(data.items, { time: standing.computedAt, value: standing.value }) : null;
  if (!history || !over) return <p className={styles.history} />;
  const change = isShare ? formats.points(history.change) : formats.difference(history.change);
  return (
    <p className={styles.history}>
      <Sparkline
        points={history.points}
        label={words.history(
          name,
          formats.moment(history.since),
          format(history.first),
          format(standing.value!),
        )}
      />
      <span aria-hidden="true">
        {words[over]} {history.change === 0 ? words.unchanged : change}
      </span>
    </p>
  );
}

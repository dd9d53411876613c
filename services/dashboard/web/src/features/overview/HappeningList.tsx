import { memo, useMemo } from 'react';
import { formatDay, useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import type { Happening, Move } from '../../kit/live/messages';
import { useLivePart } from '../../kit/live/useLive';
import { PathLink } from '../../kit/PathLink';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import { YEAR_CLOSE } from '../../kit/figures/useReferenceNames';
import styles from './overview.module.css';
import { joinHappenings } from './recentChanges';
import { RecordTitle } from './RecordTitle';
import { useRecentChanges } from './useRecentChanges';
import { words as overviewWords } from './words';

const SHOWN_HAPPENINGS = 12;
const SHOWN_MOVES = 3;

interface HappeningNames {
  figureNames: ReadonlyMap<string, Named>;
  provinceNames: ReadonlyMap<string, Named>;
  /** Figures of the overview, whose moves are named first. */
  first: readonly string[];
}

/**
 * What happened last, in words: who changed what, and which figures it moved; these are known only of what the stream
 * has brought. With a moment, what happened last before it.
 */
export const HappeningList = memo(function HappeningList({
  asOf,
  ...names
}: HappeningNames & { asOf: string | undefined }) {
  const words = useWords(overviewWords);
  const live = useLivePart((picture) => picture.happenings);
  const today = useLivePart(() => formatDay(Date.now()));
  const recent = useRecentChanges(asOf);
  const happenings = useMemo(() => joinHappenings(asOf ? [] : live, recent), [asOf, live, recent]);
  return (
    <Panel title={words.happenings} actions={<PathLink path="/changes">{words.allMovements}</PathLink>}>
      {happenings.length === 0 ? <p className={styles.quiet}>{words.noHappenings}</p> : null}
      <ol className={styles.happenings}>
        {happenings.slice(0, SHOWN_HAPPENINGS).map((happening) => (
          <HappeningLine key={happening.id} {...{ happening, today }} {...names} />
        ))}
      </ol>
    </Panel>
  );
});

type ChangeWord = 'created' | 'corrected' | 'withdrawn' | 'restored' | 'renamed' | 'merged';
const CHANGE_WORDS: readonly string[] = [
  'created',
  'corrected',
  'withdrawn',
  'restored',
  'renamed',
  'merged',
];

interface HappeningLineProps extends HappeningNames {
  happening: Happening;
  /** The day in Beijing now. */
  today: string;
}

/** A happening comes as a copy with every message of the stream; the line is drawn again when it says something else. */
const HappeningLine = memo(
  WrittenHappening,
  (before, after) =>
    before.today === after.today &&
    before.figureNames === after.figureNames &&
    before.provinceNames === after.provinceNames &&
    before.first === after.first &&
    JSON.stringify(before.happening) === JSON.stringify(after.happening),
);

function WrittenHappening({ happening, today, figureNames, provinceNames, first }: HappeningLineProps) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  const place = provinceNames.get(happening.province);
  const isToday = formats.day(happening.time) === today;
  const moves = chooseMoves(happening.moves, first);
  const isKnown = CHANGE_WORDS.includes(happening.change) && happening.record !== YEAR_CLOSE;
  const change = isKnown ? words[happening.change as ChangeWord] : words.changed;
  const [province = '', sourceId = ''] = (happening.keys[0] ?? '').replace(/@\d+$/, '').split(/\/(.*)/s);
  return (
    <li>
      <p>
        <time dateTime={happening.time}>
          {isToday ? formats.time(happening.time) : formats.moment(happening.time)}
        </time>{' '}
        {place ? name(place) : happening.province} {change}{' '}
        <RecordTitle
          record={happening.record}
          province={province}
          sourceId={sourceId}
          count={happening.count}
        />
      </p>
      {moves.length > 0 ? (
        <p className={styles.moves}>
          {moves.map((move) => (
            <span key={move.indicator}>
              {words.moved(
                figureNames.has(move.indicator) ? name(figureNames.get(move.indicator)!) : move.indicator,
                formats.number(move.previous),
                formats.number(move.value),
                move.partialYear === null ? '' : words.toDate(move.partialYear),
              )}
            </span>
          ))}
        </p>
      ) : null}
    </li>
  );
}

/** Totals only, those of the overview first. */
export function chooseMoves(moves: Move[], first: readonly string[]): Move[] {
  const totals = moves.filter((move) => Object.keys(move.slice).length === 0);
  const rank = (move: Move) => (first.includes(move.indicator) ? 0 : 1);
  return totals.sort((one, other) => rank(one) - rank(other)).slice(0, SHOWN_MOVES);
}

import { memo, useState } from 'react';
import type { components } from '../../generated/indicators';
import { currentYear, useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { useLiveValue } from '../../kit/live/useLive';
import { PathLink } from '../../kit/PathLink';
import { Sparkline } from '../../kit/Sparkline';
import { Tile } from '../../kit/Tile';
import { useWords } from '../../kit/words';
import { WhyLink } from '../../kit/figures/WhyLink';
import { ChangeMark } from './ChangeMark';
import { computeStanding, incompleteProvinces, shareOf } from './figureStanding';
import { HistoryLine } from './HistoryLine';
import { IncompleteMark } from './IncompleteMark';
import styles from './overview.module.css';
import type { Span } from './recentHistory';
import { partsOf, type Parts } from './useStandings';
import { words as overviewWords } from './words';

const NEW_FOR_MILLISECONDS = 60_000;

export interface FigureTileProps {
  figure: components['schemas']['FigureAnswer'];
  computedAt: string;
  isFlow: boolean;
  /** Values of the provinces by year, where the figure is their sum. */
  parts: Parts | undefined;
  provinceNames: ReadonlyMap<string, Named>;
  /** The present figure, when the page shows past knowledge. */
  present: components['schemas']['FigureAnswer'] | undefined;
  /** The moment of knowledge; undefined: now. */
  asOf: string | undefined;
  /** The span of past knowledge that the tile shows; undefined: none. */
  over: Span | undefined;
}

/** One figure: value, year, trend, change, recent history, completeness and when it was computed. */
export const FigureTile = memo(function FigureTile(props: FigureTileProps) {
  const { figure, isFlow, asOf } = props;
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  const { code, unit } = figure.indicator;
  const live = useLiveValue(code);
  const year = currentYear(asOf ? new Date(asOf) : new Date());
  const standing = computeStanding(figure, isFlow, year, props.computedAt, asOf ? undefined : live);
  const isShare = unit.code === 'percent';
  const format = (value: number | null) =>
    isShare ? formats.share(value).replace(' %', '') : formats.tileNumber(value);
  const parts = partsOf(props.parts, code, standing.year);
  const share = shareOf(incompleteProvinces(standing.coverage), parts, standing.value);
  const isNew = standing.movedAt > 0 && Date.now() - standing.movedAt < NEW_FOR_MILLISECONDS;
  const first = standing.trend.find((point) => point.value !== null);
  return (
    <Tile
      name={
        <WhyLink
          state={{
            code,
            period: standing.year === null ? undefined : String(standing.year),
            filters: {},
            to: asOf,
          }}
        >
          {name(figure.indicator.name)}
        </WhyLink>
      }
      value={format(standing.value)}
      full={isShare ? formats.share(standing.value) : formats.number(standing.value)}
      unit={name(unit)}
    >
      <span key={standing.movedAt} className={standing.movedAt > 0 ? styles.moved : undefined} />
      <p className={styles.year}>
        {standing.year === null
          ? words.neverReported
          : standing.running
            ? words.toDate(standing.year)
            : words.ofYear(standing.year)}
        {standing.notReportedYear ? (
          <span className={styles.notReported}> · {words.notReported(standing.notReportedYear)}</span>
        ) : null}
        {isNew ? <strong className={styles.new}> · {words.justNow}</strong> : null}
      </p>
      <ChangeMark standing={standing} isShare={isShare} format={(value) => format(value)} />
      {first && standing.year !== null ? (
        <Sparkline
          points={standing.trend}
          open={standing.running}
          label={words.trend(
            name(figure.indicator.name),
            first.at,
            standing.year,
            format(first.value),
            format(standing.value),
          )}
        />
      ) : (
        <span className={styles.noTrend} />
      )}
      <HistoryLine
        {...{ code, standing, isShare, format }}
        name={name(figure.indicator.name)}
        over={props.over}
      />
      <IncompleteMark
        coverage={standing.coverage}
        reports={standing.reports}
        share={share}
        names={props.provinceNames}
      />
      {standing.newer.map((each) => (
        <p key={each.year} className={styles.newer}>
          {words.newer(
            each.running ? words.toDate(each.year) : words.ofYear(each.year),
            each.provinces,
            each.expectedProvinces,
            isShare ? formats.share(each.value) : formats.number(each.value),
          )}
        </p>
      ))}
      {props.present ? (
        <PresentValue present={props.present} shown={standing} isShare={isShare} format={format} />
      ) : null}
      <TileFoot
        code={code}
        computedAt={standing.computedAt}
        citation={words.citation(
          name(figure.indicator.name),
          standing.year,
          `${format(standing.value)} ${name(unit)}`,
          formats.moment(standing.computedAt),
          figure.indicator.version,
        )}
      />
    </Tile>
  );
});

function PresentValue({
  present,
  shown,
  isShare,
  format,
}: {
  present: components['schemas']['FigureAnswer'];
  shown: { year: number | null; value: number | null };
  isShare: boolean;
  format: (value: number | null) => string;
}) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const now = present.items.find((line) => line.year === shown.year)?.value ?? null;
  if (now === null || shown.value === null) return null;
  const difference = Math.round((now - shown.value) * 100) / 100;
  const text = isShare ? formats.points(difference) : formats.difference(difference);
  return (
    <p className={styles.present}>{difference === 0 ? words.nowSame : words.nowValue(format(now), text)}</p>
  );
}

function TileFoot({ code, computedAt, citation }: { code: string; computedAt: string; citation: string }) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const [copied, setCopied] = useState(false);
  return (
    <p className={styles.foot}>
      <span title={formats.moment(computedAt)}>{words.computedAt(formats.time(computedAt))}</span>
      <PathLink path={`/explore/${code}`}>{words.explore}</PathLink>
      <button
        type="button"
        title={words.copyNumber}
        aria-label={words.copyNumber}
        onClick={() => void navigator.clipboard.writeText(citation).then(() => setCopied(true))}
      >
        {copied ? words.copied : '❝'}
      </button>
    </p>
  );
}

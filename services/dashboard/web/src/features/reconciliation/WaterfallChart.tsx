import { Fragment } from 'react';
import { Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import styles from './reconciliation.module.css';
import { placeBar, type Waterfall, type WaterfallBar } from './waterfall';
import { toWhySearch } from './attribution';
import { words as reconciliationWords } from './words';

type Bridge = components['schemas']['BridgeAnswer'];

function directionOf(bar: WaterfallBar): 'end' | 'even' | 'up' | 'down' {
  if (bar.end) return 'end';
  if (bar.amount === 0) return 'even';
  return bar.amount < 0 ? 'down' : 'up';
}

/** The steps from the published number to the live one as floating bars; the table below it says the same. */
export function WaterfallChart({ bridge, waterfall }: { bridge: Bridge; waterfall: Waterfall }) {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const name = useName();
  const { bars, gap, low, high } = waterfall;
  const label = (bar: WaterfallBar, index: number): string => {
    if (bar.end) return index === 0 ? words.published : words.live;
    return name(bridge.steps[index - 1]!.name);
  };
  const why = toWhySearch(bridge.attribution);
  return (
    <>
      <div
        className={styles.waterfall}
        role="img"
        aria-label={words.chartLabel(formats.number(bridge.published), formats.number(bridge.live))}
      >
        {bars.map((bar, index) => {
          const { start, width } = placeBar(bar, low, high);
          const direction = directionOf(bar);
          return (
            <Fragment key={`${index} ${bar.kind}`}>
              <span>{label(bar, index)}</span>
              <span className={styles.track}>
                <span
                  className={styles.bar}
                  data-direction={direction}
                  style={{ insetInlineStart: `${start}%`, width: `${width}%` }}
                />
              </span>
              <span className={styles.amount} data-direction={direction}>
                {bar.end
                  ? formats.number(bar.to)
                  : bar.amount === 0
                    ? words.withoutChange
                    : `${bar.amount < 0 ? '▼' : '▲'} ${formats.difference(bar.amount)}`}
              </span>
            </Fragment>
          );
        })}
      </div>
      {low > 0 ? (
        <p className={styles.quiet}>{words.axisBroken(formats.number(Math.round(low * 100) / 100))}</p>
      ) : null}
      <p className={styles.sum}>
        {gap === 0 ? <>✓ {words.addsUp}</> : words.doesNotAddUp(formats.difference(gap))}
        {why ? (
          <>
            {' · '}
            <Link to={'/why/$code' as '/'} params={{ code: why.code } as never} search={why.search as never}>
              {words.attribution}
            </Link>
          </>
        ) : null}
      </p>
    </>
  );
}

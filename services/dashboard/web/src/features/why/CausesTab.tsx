import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useFormats } from '../../kit/formats';
import { kitWords } from '../../kit/kitWords';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import { DifferenceMark } from '../../kit/figures/DifferenceMark';
import { useWording } from '../../kit/figures/useWording';
import { CauseItems } from './CauseItems';
import { changesQuery, presentMoment, type Changes, type Known } from './explanations';
import { MomentFields } from './MomentFields';
import { sumsTo, placeSteps } from './waterfall';
import { momentBefore, type WhyState } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

/** Why the value moved between two moments of knowledge, cause by cause, adding up. */
export function CausesTab({
  state,
  onChange,
}: {
  state: WhyState;
  onChange: (changed: Partial<WhyState>) => void;
}) {
  const [now] = useState(presentMoment);
  const { address, ...query } = changesQuery(state, now);
  const changes = useQuery(query);
  const text = useWords(words);
  const from = state.from ?? momentBefore(state.to, now);
  return (
    <div className={styles.tab}>
      <MomentFields key={`${state.from} ${state.to}`} from={from} to={state.to} onShow={onChange} />
      <Answer query={changes} lines={6}>
        {(answer) => <Causes changes={answer} asOf={state.to} />}
      </Answer>
      <p className={styles.files}>
        <a href={`${address}&format=csv`} download>
          {text.csv}
        </a>
        <a href={`${address}&format=xlsx`} download>
          {text.xlsx}
        </a>
      </p>
    </div>
  );
}

function Causes({ changes, asOf }: { changes: Changes; asOf: string | undefined }) {
  const text = useWords(words);
  const kit = useWords(kitWords);
  const name = useName();
  const formats = useFormats();
  const { wording, format } = useWording(changes.indicator, null);
  const moved = changes.contributions.filter((each) => each.events > 0 || each.amount !== 0);
  const still = changes.contributions.filter((each) => each.events === 0 && each.amount === 0);
  const steps = placeSteps(
    changes.from.value ?? 0,
    moved.map((each) => each.amount),
  );
  const adds = sumsTo(
    changes.contributions.map((each) => each.amount),
    changes.difference,
  );
  return (
    <>
      <table className={styles.causes}>
        <caption className="visually-hidden">{text.causesTable}</caption>
        <thead>
          <tr>
            <th scope="col">{text.cause}</th>
            <th scope="col" aria-hidden="true" />
            <th scope="col">{text.amount}</th>
            <th scope="col">{text.events}</th>
          </tr>
        </thead>
        <tbody>
          <Moment
            title={text.startValue}
            moment={formats.moment(changes.from.position.time)}
            value={<KnownValue known={changes.from} format={format} />}
          />
          {moved.map((cause, at) => (
            <tr key={cause.kind}>
              <th scope="row">{name(cause.name)}</th>
              <td className={styles.stepCell} aria-hidden="true">
                {cause.amount === 0 ? null : (
                  <span
                    className={cause.amount < 0 ? styles.stepDown : styles.stepUp}
                    style={{
                      marginInlineStart: `${(steps[at]?.left ?? 0) * 100}%`,
                      width: `${(steps[at]?.width ?? 0) * 100}%`,
                    }}
                  />
                )}
              </td>
              <td>
                <DifferenceMark amount={cause.amount} text={wording.difference(cause.amount)} />
              </td>
              <td>{formats.number(cause.events)}</td>
            </tr>
          ))}
          <Moment
            title={text.endValue}
            moment={formats.moment(changes.to.position.time)}
            value={<KnownValue known={changes.to} format={format} />}
          />
        </tbody>
      </table>
      {moved.length === 0 ? <StateMessage>{text.nothingMoved}</StateMessage> : null}
      <p className={adds ? styles.proved : styles.alarm}>
        {adds ? `✓ ${text.addsUp}` : text.doesNotAddUp}
        {kit.colon}
        {wording.difference(changes.difference)}
      </p>
      {still.length > 0 ? (
        <p className={styles.quiet}>
          {text.noEvents}
          {kit.colon}
          {still.map((each) => name(each.name)).join(kit.comma)}
        </p>
      ) : null}
      {moved.map((cause) => (
        <CauseItems key={cause.kind} cause={cause} asOf={asOf} difference={wording.difference} />
      ))}
    </>
  );
}

/** A value as it was known; before the first report it is unknown, which differs from 0. */
function KnownValue({ known, format }: { known: Known; format: (value: number | null) => string }) {
  const text = useWords(words);
  const value = format(known.value);
  return known.status === 'not-reported' ? (
    <>
      {value} <span className={styles.notReported}>{text.notReported}</span>
    </>
  ) : (
    <>{value}</>
  );
}

function Moment({ title, moment, value }: { title: string; moment: string; value: ReactNode }) {
  return (
    <tr className={styles.moment}>
      <th scope="row">
        {title} <span className={styles.quiet}>{moment}</span>
      </th>
      <td aria-hidden="true" />
      <td>{value}</td>
      <td />
    </tr>
  );
}

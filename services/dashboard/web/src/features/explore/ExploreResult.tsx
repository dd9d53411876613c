import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, type ReactNode } from 'react';
import { FigurePicture, type PictureKind } from '../../kit/charts/FigurePicture';
import type { CellFormatters } from '../../kit/charts/cellFormatters';
import { unreported } from '../../kit/charts/options';
import { useFormats } from '../../kit/formats';
import { useWords } from '../../kit/words';
import type { Answer } from '../../kit/figures/answer';
import { addVanished, compare } from '../../kit/figures/comparison';
import { findInPeriod, findOverYears } from '../../kit/figures/finding';
import { writeFinding } from '../../kit/figures/findingWords';
import { growFrom, showShares } from '../../kit/figures/growth';
import { splitsOf, type Question } from '../../kit/figures/question';
import { keepTop, orderRows } from '../../kit/figures/ranking';
import { headlinePeriod, isOfCountries, tabulate, type Row } from '../../kit/figures/table';
import { addsUp, valuesQuery } from '../../kit/figures/useFigure';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { useWording, type Measure } from '../../kit/figures/useWording';
import { FigureDataTable } from '../../kit/figures/FigureDataTable';
import { WhyLink } from '../../kit/figures/WhyLink';
import { AnswerNotes } from './AnswerNotes';
import { DownloadLinks } from './DownloadLinks';
import { defaultView, lackOf, showsOnePeriod, type ExploreSearch } from './exploreSearch';
import { MomentComparison } from './MomentComparison';
import { PeriodRange } from './PeriodRange';
import { PeriodSlider } from './PeriodSlider';
import { ViewSwitch } from './ViewSwitch';
import styles from './explore.module.css';
import { words } from './words';

interface ExploreResultProps {
  answer: Answer;
  /** The same question as it was answered at the other moment of knowledge. */
  then: Answer | undefined;
  question: Question;
  search: ExploreSearch;
  flow: boolean;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

/** The answer as a picture with its finding, its notes, its files, and the same numbers as a table. */
export function ExploreResult({ answer, then, question, search, flow, onChange }: ExploreResultProps) {
  const text = useWords(words);
  const formats = useFormats();
  const names = useReferenceNames();
  const provinceName = useProvinceNames();
  const picture = useRef<HTMLDivElement>(null);
  const splits = splitsOf(question);
  const byYear = answer.by.includes('year');
  const view =
    search.view && lackOf(search.view, splits, byYear) === null ? search.view : defaultView(splits, byYear);
  const measure: Measure = search.growth ? 'growth' : search.shares ? 'share' : 'value';
  const percent = answer.indicator.unit.code === 'percent';
  const additive = useMemo(() => addsUp(answer), [answer]);

  const all = useMemo(() => tabulate(answer), [answer]);
  const before = useMemo(() => (then ? tabulate(then) : undefined), [then]);
  const newest = headlinePeriod(all, answer.headline);
  const period = search.at && all.periods.includes(search.at) ? search.at : (newest ?? '');
  const table = useMemo(() => {
    const complete = before ? addVanished(all, before) : all;
    const ordered = orderRows(complete, period);
    const few = search.top && byYear ? keepTop(ordered, search.top, period, additive) : ordered;
    if (search.growth) return growFrom(few, percent ? 'points' : 'percent', flow);
    return search.shares ? showShares(few) : few;
  }, [all, before, search.top, search.growth, search.shares, byYear, period, additive, percent, flow]);

  const regions = useQuery({
    ...valuesQuery({ ...question, by: [...(byYear ? ['year'] : []), 'region', splits[0] ?? ''] }),
    enabled: view === 'dots',
  });
  const byRegion = useMemo(() => (regions.data ? tabulate(regions.data) : undefined), [regions.data]);

  const wording = useWording(answer.indicator, all.running, measure);
  const onePeriod = showsOnePeriod(view, splits);
  const finding = onePeriod
    ? findInPeriod(table, period, additive)
    : findOverYears(table, answer.headline.period);
  const title = writeFinding(finding, wording.wording, wording.language);
  const stateOf = (row: Row, of: string, dimensions: string[]) => {
    const filters: Record<string, string> = {};
    for (const [dimension, codes] of Object.entries(question.filters)) filters[dimension] = codes.join(',');
    row.codes.forEach((code, at) => {
      const dimension = dimensions[at];
      if (dimension && code) filters[dimension] = code;
    });
    return {
      code: question.code,
      period: byYear ? of : question.period,
      filters,
      list: search.list,
      to: question.asOf,
    };
  };
  const openIn = (dimensions: string[]) => (row: Row, of: string, content: ReactNode) =>
    row.kind === 'others' ? content : <WhyLink state={stateOf(row, of, dimensions)}>{content}</WhyLink>;
  const open = openIn(splits);
  const formatters: CellFormatters = {
    nameOf: wording.nameOf,
    format: wording.format,
    formatPeriod: wording.wording.period,
    open: view === 'dots' ? openIn(['region', splits[0] ?? '']) : open,
  };
  const head = splits.some(isOfCountries)
    ? text.countries
    : splits.map(names.dimension).join(' · ') || wording.wording.figure;
  const source = text.source(formats.moment(question.asOf ?? answer.position.time), answer.indicator.version);
  const notes = [
    ...writeNewer(answer, text.newer, wording.wording.period),
    ...(all.running && !onePeriod ? [text.runningYear(all.running)] : []),
    ...(unreported(all).length > 0 ? [text.hatched] : []),
    ...(search.shares && !additive ? [text.noAddUp] : []),
  ];

  return (
    <>
      <ViewSwitch {...{ splits, byYear }} selected={view} onSelect={(chosen) => onChange({ view: chosen })} />
      <figure className={styles.figure}>
        <figcaption className={styles.finding}>{title}</figcaption>
        {view === 'table' ? null : (
          <div ref={picture} className={styles.picture}>
            <FigurePicture
              kind={view as PictureKind}
              {...{ table, byRegion, period, formatters, addsUp: additive, provinceName }}
              label={title}
              formatShort={wording.shortValue}
            />
          </div>
        )}
        {byYear && onePeriod ? (
          <PeriodSlider
            periods={all.periods}
            period={period}
            formatPeriod={wording.wording.period}
            onChange={onChange}
          />
        ) : null}
        {byYear && !onePeriod ? (
          <PeriodRange periods={all.periods} range={question.period} onChange={onChange} />
        ) : null}
        <AnswerNotes answer={answer} notes={notes} />
        <p className={styles.source}>{source}</p>
      </figure>
      <DownloadLinks
        {...{
          question,
          search,
          rows: answer.items.length,
          hidden: table.rows.length < all.rows.length,
          picture,
        }}
        caption={{ title, subtitle: wording.wording.figure, notes: [...notes, source] }}
      />
      <MomentComparison vs={search.vs} loading={search.vs !== undefined && !then} onChange={onChange} />
      <FigureDataTable
        caption={text.sameTable}
        head={head}
        table={table}
        nameOf={wording.nameOf}
        format={wording.format}
        formatPeriod={wording.wording.period}
        open={open}
        {...(before && search.vs && measure === 'value'
          ? {
              compared: {
                head: `${text.against(formats.moment(search.vs))} · ${wording.wording.period(period)}`,
                period,
                differences: compare(table, before, period),
                format: wording.difference,
                openDifference: (row: Row, content: ReactNode) => (
                  <WhyLink state={{ ...stateOf(row, period, splits), from: search.vs, tab: 'causes' }}>
                    {content}
                  </WhyLink>
                ),
              },
            }
          : {})}
      />
    </>
  );
}

/** The years of the picture after the headline, with the provinces that have reported about them. */
function writeNewer(
  answer: Answer,
  write: (year: string, provinces: number, expected: number) => string,
  writePeriod: (period: string) => string,
): string[] {
  return (answer.headline.newer ?? [])
    .filter((each) => each.provinces > 0 && answer.items.some((line) => String(line.year) === each.period))
    .map((each) => write(writePeriod(each.period), each.provinces, each.expectedProvinces));
}

import { useQueries } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, type ReactNode } from 'react';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useReference } from '../../kit/reference';
import { ErrorMessage, Skeleton } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { FigurePicture } from '../../kit/charts/FigurePicture';
import { savePicture } from '../../kit/charts/savePicture';
import type { CellFormatters } from '../../kit/charts/cellFormatters';
import { FigureDataTable } from '../../kit/figures/FigureDataTable';
import { addressOfValues } from '../../kit/figures/question';
import type { Row } from '../../kit/figures/table';
import { extrasOf, valuesQuery } from '../../kit/figures/useFigure';
import { useWording } from '../../kit/figures/useWording';
import { WhyLink } from '../../kit/figures/WhyLink';
import { dilemmas, type DilemmaKey } from './dilemmas';
import styles from './dilemmas.module.css';
import { words } from './words';

/** One dilemma: its sentence, its picture, the numbers of the sentence, and the table. */
export function DilemmaPanel({ dilemma: key, alone }: { dilemma: DilemmaKey; alone?: boolean }) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const names = useReference();
  const picture = useRef<HTMLDivElement>(null);
  const { asOf } = useSearch({ strict: false }) as { asOf?: string };
  const dilemma = dilemmas[key];
  const questions = dilemma.questions.map((question) => (asOf ? { ...question, asOf } : question));
  const queries = useQueries({ queries: questions.map((question) => valuesQuery(question)) });
  const answers = queries.map((query) => query.data);
  const first = answers[0];
  // The answers keep their identity from one rendering to the next, the array does not.
  const table = useMemo(() => dilemma.table(answers), [dilemma, ...answers]);
  const wording = useWording(first?.indicator, table?.running ?? null);
  const sentence = dilemma.sentence(answers, text, {
    number: formats.number,
    share: formats.share,
    points: formats.points,
    name,
    listName: (code) => {
      const list = names?.lists[code];
      return list && name(list);
    },
  });
  const failed = queries.find((query) => query.isError && !query.data);

  const dimensions = table?.splits ?? [];
  const open = (row: Row, period: string, content: ReactNode) => {
    const filters = Object.fromEntries(row.codes.map((code, at) => [dimensions[at] ?? '', code]));
    const [code, query = ''] =
      dimensions[0] === 'figure' ? row.key.split('?') : [first?.indicator.code ?? ''];
    const own = dimensions[0] === 'figure' ? Object.fromEntries(new URLSearchParams(query)) : filters;
    const byYear = first?.by.includes('year');
    return (
      <WhyLink state={{ code: code ?? '', filters: own, period: byYear ? period : undefined, to: asOf }}>
        {content}
      </WhyLink>
    );
  };
  const formatters: CellFormatters = {
    nameOf: wording.nameOf,
    format: wording.format,
    formatPeriod: wording.wording.period,
    open,
  };
  const source = text.source(formats.moment(asOf ?? first?.position.time));

  return (
    <Panel
      title={text[key]}
      actions={
        alone ? null : (
          <Link to="/dilemmas/$key" params={{ key }}>
            {text.open}
          </Link>
        )
      }
    >
      {failed ? <ErrorMessage error={failed.error} onRetry={() => void failed.refetch()} /> : null}
      {!table || !first ? (
        <Skeleton lines={8} />
      ) : (
        <div className={styles.body}>
          <p className={styles.sentence}>{sentence?.text ?? text.stopped}</p>
          <div ref={picture}>
            <FigurePicture
              kind={dilemma.kind}
              table={table}
              byRegion={table}
              period={first.period}
              formatters={formatters}
              label={sentence?.text ?? text[key]}
              addsUp
              formatShort={wording.shortValue}
              provinceName={(code) => code}
            />
          </div>
          {sentence && sentence.facts.length > 0 ? (
            <p className={styles.facts}>
              {text.numbers}
              {sentence.facts.map((fact) => (
                <WhyLink
                  key={`${fact.code}${fact.year}${JSON.stringify(fact.filters)}`}
                  state={{ code: fact.code, period: fact.year, filters: fact.filters, to: asOf }}
                >
                  {text.factOf(formats.number(fact.value), fact.year)}
                </WhyLink>
              ))}
            </p>
          ) : null}
          <p className={styles.source}>
            {source}
            {questions.map((question, at) => (
              <a
                key={at}
                href={addressOfValues(question, { ...extrasOf(question, false), format: 'csv' })}
                download={`${question.code}.csv`}
              >
                {text.csv} {answers[at] ? name(answers[at].indicator.name) : question.code}
              </a>
            ))}
            <Button
              kind="plain"
              onPress={() => {
                if (picture.current)
                  void savePicture(
                    picture.current,
                    { title: sentence?.text ?? text[key], subtitle: text[key], notes: [source] },
                    `${key}.png`,
                  );
              }}
            >
              {text.png}
            </Button>
          </p>
          <details open={alone ?? false}>
            <summary>{text.table}</summary>
            <FigureDataTable
              name={key}
              caption={text.table}
              head={text.figure}
              table={table}
              nameOf={wording.nameOf}
              format={wording.format}
              formatPeriod={wording.wording.period}
              open={open}
            />
          </details>
        </div>
      )}
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useName } from '../../kit/language';
import { Answer, ErrorMessage, Skeleton } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { REFRESH_MILLISECONDS, useLiveRefresh } from '../../kit/figures/useLiveRefresh';
import { useDefinition, valuesQuery } from '../../kit/figures/useFigure';
import { ExploreResult } from './ExploreResult';
import { ExploreToolbar } from './ExploreToolbar';
import { needsHeadline, questionOf, type ExploreSearch } from './exploreSearch';
import { NearestQuestions } from './NearestQuestions';
import styles from './explore.module.css';
import { words } from './words';

/** One figure, split, filtered and drawn as the address says. */
export function ExplorePage() {
  const text = useWords(words);
  const name = useName();
  const { code } = useParams({ from: '/explore/$code' });
  const search = useSearch({ from: '/explore/$code' }) as ExploreSearch & { asOf?: string };
  const navigate = useNavigate({ from: '/explore/$code' });
  const definition = useDefinition(code);
  const figure = definition.data;
  const byYear = figure?.derived?.kind !== 'growth';
  // The headline of a past moment is in the answers of that moment only: the list of figures has the current one.
  const asksThen = search.asOf !== undefined && definition.isSuccess && needsHeadline(search, byYear);
  const past = useQuery({
    ...valuesQuery({ code, by: [], filters: {}, lists: [], ...(search.asOf ? { asOf: search.asOf } : {}) }),
    enabled: asksThen,
    placeholderData: undefined,
  });
  const headline = (search.asOf ? past.data : figure)?.headline?.period;
  const question = useMemo(
    () => questionOf(code, search, byYear, headline),
    [code, search, byYear, headline],
  );
  const values = useQuery({
    ...valuesQuery(question, search.shares),
    enabled: definition.isSuccess && (!asksThen || past.isFetched),
    refetchInterval: search.asOf ? false : REFRESH_MILLISECONDS,
  });
  const then = useQuery({
    ...valuesQuery({ ...question, ...(search.vs ? { asOf: search.vs } : {}) }, search.shares),
    enabled: definition.isSuccess && search.vs !== undefined,
    placeholderData: undefined,
  });
  useLiveRefresh(code, search.asOf);
  const change = (changed: Partial<ExploreSearch>) =>
    void navigate({
      search: (before) => ({ ...before, ...changed }) as never,
      replace: true,
      resetScroll: false,
    });

  if (definition.isPending) return <Skeleton lines={10} />;
  if (definition.isLoadingError)
    return <ErrorMessage error={definition.error} onRetry={() => void definition.refetch()} />;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{figure ? name(figure.name) : code}</h1>
        {figure ? (
          <details className={styles.definition}>
            <summary>{text.version(figure.version)}</summary>
            <p>{name(figure.derivation)}</p>
            <Link to="/explore">{text.figures}</Link>
          </details>
        ) : null}
      </header>
      {figure ? (
        <ExploreToolbar figure={figure} question={question} search={search} onChange={change} />
      ) : null}
      {values.isError && !values.data ? <NearestQuestions error={values.error} /> : null}
      <Answer query={values} lines={10}>
        {(answer) => (
          <ExploreResult
            answer={answer}
            then={search.vs ? then.data : undefined}
            question={question}
            search={search}
            flow={figure?.period !== 'stock'}
            onChange={change}
          />
        )}
      </Answer>
      {search.vs && then.isError ? <ErrorMessage error={then.error} /> : null}
    </div>
  );
}

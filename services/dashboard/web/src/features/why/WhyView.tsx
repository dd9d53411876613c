import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { useName } from '../../kit/language';
import { ErrorMessage, Skeleton } from '../../kit/StateMessage';
import { OrderParameterContext } from '../../kit/tableOrder';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import type { Answer } from '../../kit/figures/answer';
import { tabulate, valueAt } from '../../kit/figures/table';
import { useFilterNames } from '../../kit/figures/useFilterNames';
import { useLiveRefresh } from '../../kit/figures/useLiveRefresh';
import { useWording } from '../../kit/figures/useWording';
import { CausesTab } from './CausesTab';
import { CoverageTab } from './CoverageTab';
import { DefinitionTab } from './DefinitionTab';
import { RecordsTab } from './RecordsTab';
import { questionOfWhy, WHY_TABS, type WhyState, type WhyTab } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

export interface WhyViewProps {
  state: WhyState;
  heading: 'h1' | 'h3';
  onChange: (changed: Partial<WhyState>) => void;
}

/** One value with its four explanations. */
export function WhyView({ state, heading: Heading, onChange }: WhyViewProps) {
  const text = useWords(words);
  const name = useName();
  const filters = useFilterNames(state.code, state.filters, state.list);
  useLiveRefresh(state.code, state.to);
  const query = questionOfWhy(state);
  if (state.to) query.set('asOf', state.to);
  const address = `/api/indicators/v1/indicators/${encodeURIComponent(state.code)}/values?${query}`;
  const value = useQuery({
    queryKey: ['indicators', 'values', address],
    queryFn: ({ signal }) => fetchJson<Answer>(address, { signal }),
  });
  const answer = value.data;
  const table = answer ? tabulate(answer) : undefined;
  const { wording } = useWording(answer?.indicator, table?.running ?? null);
  if (value.isError && !answer)
    return <ErrorMessage error={value.error} onRetry={() => void value.refetch()} />;
  if (!answer || !table) return <Skeleton lines={8} />;

  const row = table.rows[0];
  const shown = row ? valueAt(row, answer.period) : null;
  const headline = answer.headline.period;
  const year = (state.period ?? answer.period).slice(0, 4);
  const partial = answer.headline.newer?.find((each) => each.period === year);
  const tabs: Record<WhyTab, () => React.ReactNode> = {
    causes: () => <CausesTab state={state} onChange={onChange} />,
    records: () => <RecordsTab state={state} />,
    definition: () => <DefinitionTab state={state} answer={answer} />,
    coverage: () => <CoverageTab state={state} />,
  };
  return (
    <OrderParameterContext value={{ sort: state.sort, change: (sort) => onChange({ sort }) }}>
      <Heading className={styles.heading}>
        {name(answer.indicator.name)}
        {filters.map((filter) => (
          <span key={filter.key} className={styles.filter}>
            {filter.text}
          </span>
        ))}
        <span className={styles.filter}>{state.period ? wording.period(state.period) : text.today}</span>
      </Heading>
      <p className={styles.value}>
        {shown === null ? '—' : wording.value(shown)}{' '}
        <Link
          to="/explore/$code"
          params={{ code: state.code }}
          search={{ ...state.filters, list: state.list, asOf: state.to } as never}
          className={styles.explore}
        >
          {text.explore}
        </Link>
      </p>
      {partial && headline ? (
        <p className={styles.quiet}>
          {text.newer(wording.period(partial.period), partial.provinces, partial.expectedProvinces)}{' '}
          <Button kind="plain" onPress={() => onChange({ period: headline })}>
            {text.showHeadline(headline)}
          </Button>
        </p>
      ) : null}
      <Tabs
        label={text.title}
        selected={state.tab ?? 'causes'}
        onSelect={(tab) => onChange({ tab: WHY_TABS.find((each) => each === tab) })}
        items={WHY_TABS.map((tab) => ({ key: tab, title: text[tab], content: tabs[tab] }))}
      />
    </OrderParameterContext>
  );
}

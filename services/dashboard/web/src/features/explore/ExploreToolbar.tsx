import { useNavigate } from '@tanstack/react-router';
import { Checkbox } from 'react-aria-components';
import { useName, type Named } from '../../kit/language';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { useDefinitions } from '../../kit/figures/useFigure';
import { splitsOf, type Question } from '../../kit/figures/question';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { FilterBar } from './FilterBar';
import { words } from './words';

export interface ExploredFigure {
  code: string;
  name: Named;
  dimensions: string[];
  lists: string[];
}

interface ExploreToolbarProps {
  figure: ExploredFigure;
  question: Question;
  search: ExploreSearch;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

const NONE = '-';
const TOPS = [5, 10, 20, 50];

/** What is asked: the figure, its splits, filters and lists, how many rows, and which measure of them. */
export function ExploreToolbar({ figure, question, search, onChange }: ExploreToolbarProps) {
  const text = useWords(words);
  const names = useReferenceNames();
  const splits = splitsOf(question);
  const byYear = question.by.includes('year');
  const split = (at: number, chosen: string) => {
    const kept = at === 0 ? [chosen] : [splits[0] ?? NONE, chosen];
    const by = [...(byYear ? ['year'] : []), ...kept.filter((each) => each !== NONE)];
    onChange({ by: by.join(','), view: undefined, at: undefined });
  };
  const dimensions = figure.dimensions.map((key) => ({ key, name: names.dimension(key) }));
  const none = { key: NONE, name: text.noSplit };
  return (
    <div className={styles.toolbar}>
      <FigureSelect code={figure.code} />
      <Select
        label={text.splitFirst}
        selected={splits[0] ?? NONE}
        choices={[none, ...dimensions]}
        onSelect={(key) => split(0, key)}
      />
      {splits.length > 0 ? (
        <Select
          label={text.splitSecond}
          selected={splits[1] ?? NONE}
          choices={[none, ...dimensions.filter((each) => each.key !== splits[0])]}
          onSelect={(key) => split(1, key)}
        />
      ) : null}
      {figure.lists.length > 0 ? (
        <ListSelect lists={figure.lists} chosen={search.list} onSelect={(list) => onChange({ list })} />
      ) : null}
      {splits.length > 0 ? (
        <Select
          label={text.top}
          selected={String(search.top ?? NONE)}
          choices={[
            { key: NONE, name: text.topAll },
            ...TOPS.map((count) => ({ key: String(count), name: text.topCount(count) })),
          ]}
          onSelect={(key) => onChange({ top: key === NONE ? undefined : Number(key) })}
        />
      ) : null}
      {splits.length > 0 ? (
        <Tick
          label={text.shares}
          isSelected={search.shares === true}
          onChange={(shares) => onChange({ shares: shares || undefined, growth: undefined })}
        />
      ) : null}
      {byYear ? (
        <Tick
          label={text.growth}
          isSelected={search.growth === true}
          onChange={(growth) => onChange({ growth: growth || undefined, shares: undefined })}
        />
      ) : null}
      <FilterBar figure={figure} question={question} onChange={onChange} />
    </div>
  );
}

function FigureSelect({ code }: { code: string }) {
  const text = useWords(words);
  const name = useName();
  const navigate = useNavigate();
  const figures = useDefinitions();
  const choices = (figures.data?.items ?? []).map((each) => ({ key: each.code, name: name(each.name) }));
  return (
    <Select
      label={text.chooseFigure}
      selected={code}
      choices={choices}
      onSelect={(chosen) => void navigate({ to: '/explore/$code', params: { code: chosen }, search: {} })}
    />
  );
}

function ListSelect({
  lists,
  chosen,
  onSelect,
}: {
  lists: string[];
  chosen: string | undefined;
  onSelect: (list: string | undefined) => void;
}) {
  const text = useWords(words);
  const names = useReferenceNames();
  const choices = lists.flatMap((list) => [
    { key: `${list}@then`, name: `${names.list(list)} · ${text.then}` },
    { key: `${list}@now`, name: `${names.list(list)} · ${text.now}` },
    { key: `!${list}@then`, name: `${names.list(list)} · ${text.notOn}` },
  ]);
  return (
    <Select
      label={text.list}
      selected={chosen ?? NONE}
      choices={[{ key: NONE, name: text.noList }, ...choices]}
      onSelect={(key) => onSelect(key === NONE ? undefined : key)}
    />
  );
}

function Tick({
  label,
  isSelected,
  onChange,
}: {
  label: string;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
}) {
  return (
    <Checkbox className={styles.tick ?? ''} isSelected={isSelected} onChange={onChange}>
      <span className={styles.box} aria-hidden="true">
        {isSelected ? '✓' : ''}
      </span>
      {label}
    </Checkbox>
  );
}

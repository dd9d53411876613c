import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { Button } from '../../kit/Button';
import kit from '../../kit/components.module.css';
import { useName } from '../../kit/language';
import { Select } from '../../kit/Select';
import { kitWords } from '../../kit/kitWords';
import { useWords } from '../../kit/words';
import type { Question } from '../../kit/figures/question';
import { valuesQuery } from '../../kit/figures/useFigure';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import type { ExploredFigure } from './ExploreToolbar';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { words } from './words';

interface FilterBarProps {
  figure: ExploredFigure;
  question: Question;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

/** The filters that are on, each with a button to remove it, and the choice of another. */
export function FilterBar({ figure, question, onChange }: FilterBarProps) {
  const text = useWords(words);
  const names = useReferenceNames();
  return (
    <div className={styles.filters}>
      {Object.entries(question.filters).map(([dimension, codes]) => (
        <FilterChip key={dimension} {...{ figure, dimension, codes, onChange }} />
      ))}
      <DialogTrigger>
        <Button kind="plain">＋ {text.addFilter}</Button>
        <Popover className={kit.popover!}>
          <Dialog aria-label={text.addFilter} className={styles.filterChoice!}>
            {({ close }) => (
              <FilterChoice
                figure={figure}
                dimensions={figure.dimensions.map((key) => ({ key, name: names.dimension(key) }))}
                onApply={(dimension, codes) => {
                  onChange({ [dimension]: codes.join(',') || undefined });
                  close();
                }}
              />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

/** The codes that a figure has in a dimension, with their names, of any year. */
function useCodes(code: string, dimension: string | undefined) {
  const name = useName();
  const answer = useQuery({
    ...valuesQuery({ code, by: dimension ? ['year', dimension] : [], filters: {}, lists: [] }),
    enabled: dimension !== undefined,
    placeholderData: undefined,
    staleTime: 300_000,
  });
  const labels = answer.data?.labels[dimension ?? ''] ?? {};
  const codes = new Set((answer.data?.items ?? []).map((line) => String(line[dimension ?? ''])));
  return [...codes].map((id) => ({ id, name: labels[id] ? name(labels[id]) : id }));
}

function FilterChip({
  figure,
  dimension,
  codes,
  onChange,
}: Omit<FilterBarProps, 'question'> & { dimension: string; codes: string[] }) {
  const text = useWords(words);
  const names = useReferenceNames();
  const shared = useWords(kitWords);
  const known = new Map(
    useCodes(figure.code, figure.dimensions.includes(dimension) ? dimension : undefined).map((each) => [
      each.id,
      each.name,
    ]),
  );
  const label = `${names.dimension(dimension)}${shared.colon}${codes.map((code) => known.get(code) ?? code).join(shared.comma)}`;
  return (
    <Button
      kind="plain"
      aria-label={text.removeFilter(label)}
      onPress={() => onChange({ [dimension]: undefined })}
    >
      {label} ✕
    </Button>
  );
}

interface FilterChoiceProps {
  figure: ExploredFigure;
  dimensions: { key: string; name: string }[];
  onApply: (dimension: string, codes: string[]) => void;
}

function FilterChoice({ figure, dimensions, onApply }: FilterChoiceProps) {
  const text = useWords(words);
  const [dimension, setDimension] = useState<string>();
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const codes = useCodes(figure.code, dimension);
  return (
    <>
      <Select
        label={text.filterBy}
        placeholder={text.chooseDimension}
        selected={dimension}
        choices={dimensions}
        onSelect={(key) => {
          setDimension(key);
          setChosen(new Set());
        }}
      />
      {dimension ? (
        <ListBox
          aria-label={text.values}
          className={styles.codes!}
          items={codes}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) =>
            setChosen(keys === 'all' ? new Set(codes.map((code) => code.id)) : new Set([...keys].map(String)))
          }
        >
          {(code) => (
            <ListBoxItem id={code.id} className={kit.option!}>
              {code.name}
            </ListBoxItem>
          )}
        </ListBox>
      ) : null}
      <Button
        kind="primary"
        isDisabled={!dimension || chosen.size === 0}
        onPress={() => dimension && onApply(dimension, [...chosen])}
      >
        {text.apply}
      </Button>
    </>
  );
}

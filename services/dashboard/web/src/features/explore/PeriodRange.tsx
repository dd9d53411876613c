import { Button } from '../../kit/Button';
import { currentYear } from '../../kit/formats';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { words } from './words';

interface PeriodRangeProps {
  periods: string[];
  /** The range as in the address; absent: all years. */
  range: string | undefined;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

const FIRST_YEAR = 2005;

/** The clock of when something was true: the first and the last year of the picture. */
export function PeriodRange({ periods, range, onChange }: PeriodRangeProps) {
  const text = useWords(words);
  const [first = '', last = ''] = range?.includes('..')
    ? range.split('..')
    : [range ?? periods[0], range ?? periods.at(-1)];
  const start = Math.min(FIRST_YEAR, Number(periods[0] ?? FIRST_YEAR));
  const years = Array.from({ length: currentYear() - start + 1 }, (_, at) => String(start + at));
  const choices = (from: string, until: string) =>
    years.filter((year) => year >= from && year <= until).map((year) => ({ key: year, name: year }));
  return (
    <div className={styles.period}>
      <Select
        label={text.from}
        placeholder={text.chooseYear}
        selected={first}
        choices={choices('', last)}
        onSelect={(year) => onChange({ period: `${year}..${last}` })}
      />
      <Select
        label={text.until}
        placeholder={text.chooseYear}
        selected={last}
        choices={choices(first, '9999')}
        onSelect={(year) => onChange({ period: `${first}..${year}` })}
      />
      {range ? <Button onPress={() => onChange({ period: undefined })}>{text.wholeRange}</Button> : null}
    </div>
  );
}

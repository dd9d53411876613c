import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { formatMoment, readBeijingMoment } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { words } from './words';

interface MomentComparisonProps {
  vs: string | undefined;
  loading: boolean;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

/** The other clock: the moment of knowledge that the numbers are compared with. */
export function MomentComparison({ vs, loading, onChange }: MomentComparisonProps) {
  const text = useWords(words);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (vs ? formatMoment(vs) : '');
  const moment = readBeijingMoment(shown);
  const wrong = typed !== undefined && typed !== '' && moment === undefined;
  return (
    <form
      className={styles.comparison}
      aria-busy={loading}
      onSubmit={(event) => {
        event.preventDefault();
        if (moment) onChange({ vs: moment });
      }}
    >
      <Field
        label={text.compareWith}
        value={shown}
        onChange={setTyped}
        hint={text.compareHint}
        {...(wrong ? { error: text.compareWrong } : {})}
      />
      <Button type="submit" isDisabled={moment === undefined}>
        {text.compare}
      </Button>
      {vs ? (
        <Button
          kind="plain"
          onPress={() => {
            setTyped(undefined);
            onChange({ vs: undefined });
          }}
        >
          {text.stopComparing}
        </Button>
      ) : null}
    </form>
  );
}

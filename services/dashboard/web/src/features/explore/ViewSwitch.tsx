import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useWords } from '../../kit/words';
import styles from './explore.module.css';
import { lackOf, VIEWS, type View } from './exploreSearch';
import { words } from './words';

/** The forms in which the answer can be drawn; one that does not suit the question says what it lacks. */
export function ViewSwitch({
  splits,
  byYear,
  selected,
  onSelect,
}: {
  splits: string[];
  byYear: boolean;
  selected: View;
  onSelect: (view: View) => void;
}) {
  const text = useWords(words);
  const [refused, setRefused] = useState<View>();
  const lack = refused ? lackOf(refused, splits, byYear) : null;
  return (
    <>
      <ToggleButtonGroup
        aria-label={text.view}
        className={styles.views ?? ''}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[selected]}
        onSelectionChange={(keys) => {
          const chosen = VIEWS.find((view) => keys.has(view));
          if (!chosen) return;
          setRefused(chosen);
          if (lackOf(chosen, splits, byYear) === null) onSelect(chosen);
        }}
      >
        {VIEWS.map((view) => (
          <ToggleButton
            key={view}
            id={view}
            className={styles.viewButton ?? ''}
            data-unfit={lackOf(view, splits, byYear) ? '' : undefined}
          >
            {text.viewName(view)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p className={styles.viewLack} role="status">
        {refused && lack ? text.viewLacks(refused, lack) : null}
      </p>
    </>
  );
}

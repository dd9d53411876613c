import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useWords } from '../../kit/words';
import styles from './explore.module.css';
import { VIEWS, type View } from './exploreSearch';
import { words } from './words';

/** The forms in which the answer can be drawn. */
export function ViewSwitch({
  views,
  selected,
  onSelect,
}: {
  views: View[];
  selected: View;
  onSelect: (view: View) => void;
}) {
  const text = useWords(words);
  return (
    <ToggleButtonGroup
      aria-label={text.view}
      className={styles.views ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const chosen = VIEWS.find((view) => keys.has(view));
        if (chosen) onSelect(chosen);
      }}
    >
      {views.map((view) => (
        <ToggleButton key={view} id={view} className={styles.viewButton ?? ''}>
          {text.viewName(view)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

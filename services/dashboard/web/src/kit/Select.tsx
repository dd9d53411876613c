import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import styles from './components.module.css';

export interface Choice {
  key: string;
  name: string;
}

/** Chooses one of a list; `label` is read aloud where it is not shown. Where nothing is chosen yet, `placeholder` says what. */
export function Select({
  label,
  labelHidden,
  choices,
  placeholder,
  selected,
  onSelect,
  isDisabled,
}: {
  label: string;
  labelHidden?: boolean;
  choices: Choice[];
  placeholder?: string;
  selected: string | undefined;
  onSelect: (key: string) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaSelect
      className={styles.field!}
      aria-label={label}
      selectedKey={selected ?? null}
      {...(placeholder === undefined ? {} : { placeholder })}
      onSelectionChange={(key) => onSelect(String(key))}
      isDisabled={isDisabled ?? false}
    >
      {labelHidden ? null : <Label className={styles.label!}>{label}</Label>}
      <Button className={styles.button!}>
        <SelectValue /> <span aria-hidden="true">▾</span>
      </Button>
      <Popover className={styles.popover!}>
        <ListBox items={choices.map(({ key, name }) => ({ id: key, name }))}>
          {(choice) => (
            <ListBoxItem id={choice.id} className={styles.option!}>
              {choice.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

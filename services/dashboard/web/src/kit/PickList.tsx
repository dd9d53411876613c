import { useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import styles from './components.module.css';
import { FieldNotes } from './Field';
import { kitWords } from './kitWords';
import type { Named } from './language';
import { useLanguage } from './language';
import { useWords } from './words';

/** A code with its names; a reader finds it by either name or by the code. */
export interface NamedChoice extends Named {
  code: string;
}

/** The list does not cover the rest of the form. */
const LIST_PIXELS = 320;

interface PickListProps {
  label: string;
  hint?: string | undefined;
  /** Why the codes cannot be used. */
  error?: string | undefined;
  choices: readonly NamedChoice[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** A code that is in no list may be picked as it is typed. */
  takesOthers?: boolean;
  isRequired?: boolean;
}

/** Picks several codes of a long list by their names; each picked one can be removed. */
export function PickList({
  label,
  hint,
  error,
  choices,
  selected,
  onChange,
  takesOthers,
  isRequired,
}: PickListProps) {
  const words = useWords(kitWords);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const sought = typed.trim().toLowerCase();
  const found = choices.filter(
    ({ code, zh, en }) => !selected.includes(code) && `${zh} ${en} ${code}`.toLowerCase().includes(sought),
  );
  const isOther = takesOthers && sought !== '' && !choices.some(({ code }) => code === typed.trim());
  const other = { code: typed.trim(), zh: typed.trim(), en: typed.trim() };
  const nameOf = (code: string) => choices.find((choice) => choice.code === code)?.[language] ?? code;
  return (
    <div className={styles.picks}>
      <ComboBox
        className={styles.field!}
        items={isOther ? [...found, other] : found}
        inputValue={typed}
        onInputChange={setTyped}
        selectedKey={null}
        onSelectionChange={(key) => {
          if (key === null) return;
          onChange([...selected, String(key)]);
          setTyped('');
        }}
        menuTrigger="focus"
        isInvalid={error !== undefined}
        isRequired={isRequired ?? false}
        validationBehavior="aria"
      >
        <Label>{label}</Label>
        {selected.length > 0 ? (
          <ul aria-label={label}>
            {selected.map((code) => (
              <li key={code}>
                <button
                  type="button"
                  aria-label={words.remove(nameOf(code))}
                  onClick={() => onChange(selected.filter((each) => each !== code))}
                >
                  {nameOf(code)} <span aria-hidden="true">✕</span>
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <Input className={styles.input!} />
        <FieldNotes hint={hint} error={error} />
        <Popover className={styles.popover!} maxHeight={LIST_PIXELS}>
          <ListBox<NamedChoice>>
            {(choice) => (
              <ListBoxItem id={choice.code} textValue={choice[language]} className={styles.option!}>
                {choice[language]}{' '}
                <span className={styles.hint}>
                  {choice.zh === choice.code
                    ? words.asTyped
                    : `${choice[language === 'zh' ? 'en' : 'zh']} ${choice.code}`}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { indicators } from '../../kit/api';
import { Field } from '../../kit/Field';
import { PickList } from '../../kit/PickList';

import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import styles from './alliances.module.css';
import { CODE_FIELDS, readCodes, type CodeField, type FilterDraft } from './filter';
import { useCodeChoices } from './useCodeChoices';
import { words as allianceWords } from './words';

export type FeedRecord = components['schemas']['FeedRecord'];

export function CheckGroup({
  legend,
  hint,
  choices,
  selected,
  onChange,
  error,
  nameOf = (code) => code,
}: {
  legend: string;
  hint?: string;
  /** Why the choice cannot be used. */
  error?: string | undefined;
  choices: readonly string[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  nameOf?: (code: string) => string;
}) {
  return (
    <fieldset className={styles.checks}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice}>
          <input
            type="checkbox"
            checked={selected.includes(choice)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...selected, choice] : selected.filter((each) => each !== choice),
              )
            }
          />{' '}
          {nameOf(choice)}
        </label>
      ))}
      {hint ? <p className={styles.quiet}>{hint}</p> : null}
      {error ? (
        <p className={styles.wrong} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** The conditions of a grant or a subscription; all that are stated hold together. */
export function FilterFields({
  draft,
  records,
  fields = CODE_FIELDS,
  wrong = {},
  onChange,
}: {
  draft: FilterDraft<FeedRecord>;
  records: readonly FeedRecord[];
  /** The conditions that can be stated. */
  fields?: readonly CodeField[];
  /** What the server found wrong, by field. */
  wrong?: Partial<Record<string, string>>;
  onChange: (draft: FilterDraft<FeedRecord>) => void;
}) {
  const words = useWords(allianceWords);
  const names = useReferenceNames();
  const schools = useQuery(
    indicators.read('/v1/indicators/{code}', { params: { path: { code: 'overseas-schools' } } }),
  );
  const lists = schools.data?.lists ?? [];
  const choicesOf = useCodeChoices();
  return (
    <>
      <CheckGroup
        legend={words.records}
        choices={records}
        nameOf={names.record}
        selected={draft.records}
        error={wrong.records}
        onChange={(chosen) => onChange({ ...draft, records: chosen as FeedRecord[] })}
      />
      {fields.map((field) =>
        field === 'lists' && lists.length > 0 ? (
          <CheckGroup
            key={field}
            legend={words.lists}
            choices={lists}
            nameOf={names.list}
            selected={readCodes(draft.lists)}
            error={wrong.lists}
            onChange={(chosen) => onChange({ ...draft, lists: chosen.join(', ') })}
          />
        ) : choicesOf(field).length > 0 ? (
          <PickList
            key={field}
            label={words[field]}
            hint={words.picksHint}
            choices={choicesOf(field)}
            selected={readCodes(draft[field])}
            error={wrong[field]}
            onChange={(chosen) => onChange({ ...draft, [field]: chosen.join(', ') })}
          />
        ) : (
          <Field
            key={field}
            label={words[field]}
            hint={words.codesHint}
            value={draft[field]}
            {...(wrong[field] === undefined ? {} : { error: wrong[field] })}
            onChange={(text) => onChange({ ...draft, [field]: text })}
          />
        ),
      )}
      <label>
        <input
          type="checkbox"
          checked={draft.members}
          onChange={(event) => onChange({ ...draft, members: event.target.checked })}
        />{' '}
        {words.members}
      </label>
    </>
  );
}

import { LISTED_NAMES } from '../../generated/records';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useName } from '../../kit/language';
import { PickList, type NamedChoice } from '../../kit/PickList';
import { useReference } from '../../kit/reference';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import type { FormField } from '../../kit/records/recordForm';
import type { DraftValue } from './draft';
import { formWords } from './formWords';
import styles from './records.module.css';
import { useRecordChoices } from './useRecordChoices';

/** A list of more codes is searched, a shorter one is opened. */
const MOST_OPENED_CODES = 12;

interface FieldInputProps {
  info: RecordInfo;
  field: FormField;
  value: DraftValue | undefined;
  onChange: (value: DraftValue) => void;
  error: string | undefined;
  isRequired: boolean;
  province: string;
}

/** The input of one field, by what the contract says of it. */
export function FieldInput({ info, field, value, onChange, error, isRequired, province }: FieldInputProps) {
  const text = useWords(formWords);
  const name = useName();
  const label = name(field.label);
  const explained = field.explain ? name(field.explain) : '';
  const hint = field.personal ? text.personalHint : explained === label ? '' : explained;
  const common = { label, hint, isRequired, ...(error === undefined ? {} : { error }) };
  if (field.type === 'objects') {
    return (
      <ObjectsInput
        info={info}
        field={field}
        items={(value ?? []) as Record<string, string>[]}
        onChange={onChange}
        error={error}
        hint={hint}
        province={province}
      />
    );
  }
  if (field.type === 'texts') {
    const items = (value ?? []) as string[];
    return field.colleges || field.majors ? (
      <ListedInput {...common} selected={items} onChange={onChange} />
    ) : (
      <Field
        {...common}
        hint={`${hint}${text.onePerLine}`}
        rows={Math.max(2, items.length + 1)}
        value={items.join('\n')}
        onChange={(lines) => onChange(lines.split('\n'))}
      />
    );
  }
  const single = (value ?? '') as string;
  const selected = single ? [single] : [];
  const pick = (codes: string[]) => onChange(codes.at(-1) ?? '');
  if (field.type === 'code' || field.type === 'flag')
    return <CodeInput {...common} field={field} value={single} onChange={onChange} />;
  if (field.colleges || field.majors) return <ListedInput {...common} selected={selected} onChange={pick} />;
  if (field.parent) {
    return (
      <RecordInput
        {...common}
        record={field.parent}
        province={province}
        selected={selected}
        onChange={pick}
      />
    );
  }
  const type = field.type === 'date' ? 'date' : 'text';
  return <Field {...common} type={type} value={single} onChange={onChange} />;
}

interface InputProps {
  label: string;
  hint: string;
  error?: string;
  isRequired: boolean;
}

/** A code of a list, by its name; codes that ended or that the field refuses are not offered. */
function CodeInput({
  field,
  value,
  onChange,
  ...common
}: InputProps & { field: FormField; value: string; onChange: (value: string) => void }) {
  const text = useWords(formWords);
  const name = useName();
  const codes = useReference()?.codes[field.type === 'flag' ? 'flags' : (field.codes ?? '')] ?? {};
  const choices: NamedChoice[] = Object.entries(codes)
    .filter(([code]) => !field.excluded?.includes(code))
    .map(([code, { zh, en }]) => ({ code, zh, en }));
  if (choices.length > MOST_OPENED_CODES) {
    return (
      <PickList
        {...common}
        choices={choices}
        selected={value ? [value] : []}
        onChange={(picked) => onChange(picked.at(-1) ?? '')}
      />
    );
  }
  return (
    <div className={styles.field}>
      <Select
        label={common.label}
        placeholder={text.choose}
        choices={choices.map((choice) => ({ key: choice.code, name: name(choice) }))}
        selected={value || undefined}
        onSelect={onChange}
      />
      <p className={styles.hint}>{common.hint}</p>
      {common.error === undefined ? null : <p className={styles.error}>{common.error}</p>}
    </div>
  );
}

/** Colleges or majors, found by name or typed as codes. */
function ListedInput({
  selected,
  onChange,
  ...common
}: InputProps & { selected: string[]; onChange: (selected: string[]) => void }) {
  const choices = Object.entries(LISTED_NAMES).map(([code, named]) => ({ code, ...named }));
  return <PickList {...common} takesOthers choices={choices} selected={selected} onChange={onChange} />;
}

/** A record of the same province, found by its name or typed as a key. */
export function RecordInput({
  record,
  province,
  selected,
  onChange,
  ...common
}: InputProps & {
  record: string;
  province: string;
  selected: string[];
  onChange: (selected: string[]) => void;
}) {
  const choices = useRecordChoices(record, province);
  return <PickList {...common} takesOthers choices={choices} selected={selected} onChange={onChange} />;
}

/** Objects of a list, each with its parts; one more can be added. */
function ObjectsInput({
  info,
  field,
  items,
  onChange,
  error,
  hint,
  province,
}: {
  info: RecordInfo;
  field: FormField;
  items: Record<string, string>[];
  onChange: (items: Record<string, string>[]) => void;
  error: string | undefined;
  hint: string;
  province: string;
}) {
  const text = useWords(formWords);
  const name = useName();
  const label = name(field.label);
  const replace = (at: number, item: Record<string, string>) =>
    onChange(items.map((each, index) => (index === at ? item : each)));
  return (
    <fieldset className={styles.objects}>
      <legend>{label}</legend>
      <p className={styles.hint}>{hint}</p>
      {items.map((item, at) => (
        <div key={at} className={styles.object}>
          {(field.parts ?? []).map((part) => (
            <FieldInput
              key={part.name}
              info={info}
              field={part}
              value={item[part.name]}
              onChange={(value) => replace(at, { ...item, [part.name]: String(value) })}
              error={undefined}
              isRequired={false}
              province={province}
            />
          ))}
          <Button kind="link" onPress={() => onChange(items.filter((_, index) => index !== at))}>
            {text.removeItem(at + 1)}
          </Button>
        </div>
      ))}
      {error === undefined ? null : <p className={styles.error}>{error}</p>}
      <p>
        <Button onPress={() => onChange([...items, {}])}>{text.addItem}</Button>
      </p>
    </fieldset>
  );
}

import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import styles from './components.module.css';

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  /** Why the value cannot be used. */
  error?: string;
  type?: 'text' | 'search' | 'url' | 'number' | 'date' | 'datetime-local' | 'password';
  rows?: number;
  isRequired?: boolean;
}

/** A text that the reader types, with its hint and its error. */
export function Field({ label, value, onChange, hint, error, type = 'text', rows, isRequired }: FieldProps) {
  return (
    <TextField
      className={styles.field!}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={error !== undefined}
      isRequired={isRequired ?? false}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {rows ? <TextArea className={styles.input!} rows={rows} /> : <Input className={styles.input!} />}
      <FieldNotes hint={hint} error={error} />
    </TextField>
  );
}

/** The hint of a field, and why its content cannot be used. */
export function FieldNotes({ hint, error }: { hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint ? (
        <Text slot="description" className={styles.hint!}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.fieldError!}>{error}</FieldError>
    </>
  );
}

import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { formatMoment, readBeijingMoment } from '../../kit/formats';
import { useWords } from '../../kit/words';
import styles from './why.module.css';
import { words } from './words';

interface MomentFieldsProps {
  from: string;
  to: string | undefined;
  onShow: (moments: { from: string | undefined; to: string | undefined }) => void;
}

/** The two moments of knowledge, in Beijing time; an empty second one is now. */
export function MomentFields({ from, to, onShow }: MomentFieldsProps) {
  const text = useWords(words);
  const [typedFrom, setFrom] = useState(formatMoment(from));
  const [typedTo, setTo] = useState(to ? formatMoment(to) : '');
  const first = readBeijingMoment(typedFrom);
  const second = typedTo.trim() === '' ? undefined : readBeijingMoment(typedTo);
  const wrongTo = typedTo.trim() !== '' && second === undefined;
  return (
    <form
      className={styles.moments}
      onSubmit={(event) => {
        event.preventDefault();
        if (first && !wrongTo) onShow({ from: first, to: second });
      }}
    >
      <Field
        label={text.from}
        value={typedFrom}
        onChange={setFrom}
        hint={text.momentHint}
        {...(first ? {} : { error: text.momentWrong })}
      />
      <Field
        label={text.to}
        value={typedTo}
        onChange={setTo}
        hint={text.now}
        {...(wrongTo ? { error: text.momentWrong } : {})}
      />
      <Button type="submit" kind="primary" isDisabled={!first || wrongTo}>
        {text.show}
      </Button>
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { indicators } from '../kit/api';
import { Button } from '../kit/Button';
import { Field } from '../kit/Field';
import { formatMoment, readBeijingMoment } from '../kit/formats';
import { useWords } from '../kit/words';
import { changeMoment } from './pinnedAddress';
import styles from './Shell.module.css';
import { useMoment } from './useMoment';
import { words as appWords } from './words';

/** The moment of knowledge of all figures: now, or any past moment in Beijing time. */
export function MomentMenu() {
  const words = useWords(appWords);
  const { path, moment: asOf } = useMoment();
  return (
    <DialogTrigger>
      <Button>
        {words.knownOn} {asOf ? formatMoment(asOf) : words.now} ▾
      </Button>
      <Popover className={styles.settings!} placement="bottom end">
        <Dialog aria-label={words.knownOn} className={styles.settingsBody!}>
          {({ close }) => <MomentForm asOf={asOf} path={path} onDone={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function MomentForm({ asOf, path, onDone }: { asOf: string | undefined; path: string; onDone: () => void }) {
  const words = useWords(appWords);
  const navigate = useNavigate();
  const [text, setText] = useState(() => formatMoment(asOf ?? Date.now()));
  const first = useQuery({ ...indicators.read('/v1/standing'), staleTime: 60_000 }).data?.firstKnownAt;
  const moment = readBeijingMoment(text);
  const early = moment !== undefined && first ? Date.parse(moment) < Date.parse(first) : false;
  const error = early ? words.momentTooEarly : words.momentError;
  const show = (shown: string | undefined) => {
    void navigate({ to: '.', search: (old) => ({ ...old, ...changeMoment(path, shown) }) });
    onDone();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (moment && !early) show(moment);
      }}
    >
      <Field
        label={words.moment}
        hint={first ? `${words.momentHint} ${words.firstKnown(formatMoment(first))}` : words.momentHint}
        value={text}
        onChange={setText}
        {...(moment && !early ? {} : { error })}
      />
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" isDisabled={!moment || early}>
          {words.showMoment}
        </Button>
        <Button onPress={() => show(undefined)}>{words.backToNow}</Button>
      </div>
    </form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { formatDay } from '../../kit/formats';
import { RefusedRequest } from '../../kit/problems';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import type { SenderYear, Service } from './completeness';
import { moveYear, type YearVersion } from './queries';
import { words as bureauWords } from './words';
import { yearWarnings, movesOf, type YearMove } from './yearMoves';

const HINTS = { submit: 'submitHint', accept: 'acceptHint', lock: 'lockHint', reopen: 'reopenHint' } as const;

/** The moves that the reader has, each confirmed once and with its reason where one is needed. */
export function MoveForm({
  service,
  province,
  year,
  known,
  role,
  sent,
  onMoved,
  onChangedMeanwhile,
}: {
  service: Service;
  province: string;
  year: number;
  known: YearVersion | null;
  role: string;
  sent: SenderYear | undefined;
  onMoved: (version: YearVersion) => void;
  onChangedMeanwhile: () => void;
}) {
  const words = useWords(bureauWords);
  const [chosen, setChosen] = useState<YearMove>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const moving = useMutation({
    mutationFn: (move: YearMove) =>
      moveYear(
        service,
        province,
        year,
        { state: move.to, ...(reason.trim() ? { reason: reason.trim() } : {}) },
        known,
      ),
    onSuccess: onMoved,
    onError: (error) => {
      if (isChangedMeanwhile(error)) onChangedMeanwhile();
    },
  });
  const moves = movesOf(role, known?.fields.state ?? 'open');
  if (moves.length === 0) return null;
  if (!chosen) {
    return (
      <div className={styles.links}>
        {moves.map((move) => (
          <Button
            key={move.name}
            kind={move.needsReason ? 'normal' : 'primary'}
            onPress={() => setChosen(move)}
          >
            {words[move.name]}
            {move.needsReason ? '…' : ''}
          </Button>
        ))}
      </div>
    );
  }
  const warnings = chosen.name === 'submit' && sent ? yearWarnings(sent, formatDay(new Date())) : [];
  const hint = chosen.name in HINTS ? words[HINTS[chosen.name as keyof typeof HINTS]] : undefined;
  const missing = tried && chosen.needsReason && reason.trim() === '';
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!chosen.needsReason || reason.trim() !== '') moving.mutate(chosen);
      }}
    >
      {hint ? <p>{hint}</p> : null}
      {warnings.length > 0 ? (
        <StateMessage tone="caution">
          <p>{words.warnings}</p>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{words[warning]}</li>
            ))}
          </ul>
        </StateMessage>
      ) : null}
      {chosen.needsReason ? (
        <Field
          label={words.reason}
          value={reason}
          onChange={setReason}
          rows={2}
          isRequired
          {...(missing ? { error: words.reasonNeeded } : {})}
        />
      ) : null}
      {moving.isError ? (
        isChangedMeanwhile(moving.error) ? (
          <StateMessage tone="caution">
            <p role="alert">{words.changedMeanwhile}</p>
          </StateMessage>
        ) : (
          <ErrorMessage error={moving.error} />
        )
      ) : null}
      <div className={styles.links}>
        <Button onPress={() => setChosen(undefined)}>{words.cancel}</Button>
        <Button
          kind={chosen.name === 'lock' ? 'danger' : 'primary'}
          type="submit"
          isDisabled={moving.isPending}
        >
          {words[chosen.name]}
        </Button>
      </div>
    </form>
  );
}

function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof RefusedRequest && error.problem.status === 412;
}

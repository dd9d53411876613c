import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from './Button';
import styles from './components.module.css';
import { kitWords } from './kitWords';
import { useLanguage } from './language';
import { findingDetail, problemDetail, problemTitle, RefusedRequest, type Problem } from './problems';
import { useWords } from './words';

export type Tone = 'quiet' | 'caution' | 'alarm' | 'as-of';

/** A remark in place of, or above, the contents of a panel. */
export function StateMessage({
  tone = 'quiet',
  children,
  actions,
}: {
  tone?: Tone;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.message} data-tone={tone} role={tone === 'alarm' ? 'alert' : undefined}>
      {children}
      {actions ? <div className={styles.messageActions}>{actions}</div> : null}
    </div>
  );
}

/** The shape of a panel while its first answer is on the way; it appears after 200 ms. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const words = useWords(kitWords);
  return (
    <div className={styles.skeleton} role="status" aria-label={words.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}

/** The reason of a refusal with each of its findings. */
export function ProblemMessage({
  problem,
  onRetry,
  retryAfterSeconds,
}: {
  problem: Problem;
  onRetry?: () => void;
  retryAfterSeconds?: number;
}) {
  const language = useLanguage();
  const words = useWords(kitWords);
  const tone = problem.status === 403 || problem.status === 404 ? 'quiet' : 'caution';
  const lead =
    problem.status === 403
      ? words.forbidden
      : problem.status === 404
        ? words.absent
        : problem.status === 0
          ? words.unreachable
          : problemTitle(problem, language);
  return (
    <StateMessage
      tone={tone}
      actions={onRetry ? <Button onPress={onRetry}>{words.retry}</Button> : undefined}
    >
      <p>
        <strong>{lead}</strong> {problemDetail(problem, language)}
        {retryAfterSeconds ? ` ${words.nextTry(retryAfterSeconds)}` : null}
      </p>
      {problem.errors?.length ? (
        <ul>
          {problem.errors.map((finding, index) => (
            <li key={index}>
              <code>{finding.pointer}</code> {findingDetail(finding, language)}
            </li>
          ))}
        </ul>
      ) : null}
    </StateMessage>
  );
}

/** What went wrong, whatever it was. */
export function ErrorMessage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const retry = onRetry ? { onRetry } : {};
  if (error instanceof RefusedRequest) {
    const after = error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds };
    return <ProblemMessage problem={error.problem} {...retry} {...after} />;
  }
  const text = error instanceof Error ? error.message : String(error);
  return (
    <StateMessage tone="caution">
      <p>{text}</p>
    </StateMessage>
  );
}

/**
 * Shows the data of a query; a skeleton before the first answer, the problem when there is none.
 * The last answer stays while a new one is on the way.
 */
export function Answer<Data>({
  query,
  lines,
  children,
}: {
  query: UseQueryResult<Data, Error>;
  lines?: number;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <div className={styles.answer} aria-busy={query.isFetching}>
        {query.isError ? <ErrorMessage error={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton {...(lines === undefined ? {} : { lines })} />;
}

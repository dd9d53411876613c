import { Link } from '@tanstack/react-router';
import { ErrorMessage, StateMessage } from '../kit/StateMessage';
import { useWords } from '../kit/words';
import { words as appWords } from './words';

/** In place of a page that does not exist or that failed. */
export function PageError({ error }: { error?: unknown }) {
  const words = useWords(appWords);
  return error instanceof Error ? (
    <ErrorMessage error={error} onRetry={() => location.reload()} />
  ) : (
    <StateMessage>
      <p>
        {words.pageMissing} <Link to="/">{words.home}</Link>
      </p>
    </StateMessage>
  );
}

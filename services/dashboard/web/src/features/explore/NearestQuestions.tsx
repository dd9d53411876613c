import { Link } from '@tanstack/react-router';
import { RefusedRequest } from '../../kit/problems';
import { useWords } from '../../kit/words';
import { words } from './words';

/** Links to the same question without what the API refused, so that a wrong address leads somewhere. */
export function NearestQuestions({ error }: { error: unknown }) {
  const text = useWords(words);
  if (!(error instanceof RefusedRequest)) return null;
  const names = new Set(
    (error.problem.errors ?? []).map((finding) => finding.pointer.replace(/^[#/?]*/, '').split('/')[0] ?? ''),
  );
  names.delete('');
  if (names.size === 0) return null;
  return (
    <p>
      {text.nearest}{' '}
      {[...names].map((each) => (
        <Link
          key={each}
          to="."
          search={((search: Record<string, unknown>) => ({ ...search, [each]: undefined })) as never}
        >
          {text.without(each)}
        </Link>
      ))}
    </p>
  );
}

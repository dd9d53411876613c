import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useWords } from '../../kit/words';
import { WhyView } from './WhyView';
import { readWhy, searchOfWhy } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

/** Why a value is as it is and why it moved, as a page of its own. */
export function WhyPage() {
  const text = useWords(words);
  const { code } = useParams({ from: '/why/$code' });
  const search = useSearch({ from: '/why/$code' }) as Record<string, unknown>;
  const navigate = useNavigate({ from: '/why/$code' });
  const state = readWhy(code, search);
  if (!state.to && typeof search.asOf === 'string') state.to = search.asOf;
  return (
    <div className={styles.page}>
      <p className={styles.over}>{text.title}</p>
      <WhyView
        state={state}
        heading="h1"
        onChange={(changed) =>
          void navigate({
            search: {
              ...searchOfWhy({ ...state, ...changed }),
              // Another second moment takes the place of the one that the address had for all pages.
              ...('to' in changed ? { asOf: undefined } : {}),
            } as never,
            replace: true,
          })
        }
      />
    </div>
  );
}

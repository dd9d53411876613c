import { getRouteApi, Link, useSearch } from '@tanstack/react-router';
import { Button } from '../../kit/Button';
import type { Named } from '../../kit/language';
import { pauseLive } from '../../kit/live/liveStore';
import { useLivePart } from '../../kit/live/useLive';
import { Select } from '../../kit/Select';
import { useWords } from '../../kit/words';
import styles from './overview.module.css';
import { SPANS } from './recentHistory';
import { SpokenDigest } from './SpokenDigest';
import { words as overviewWords } from './words';

const route = getRouteApi('/');

/** Stops and resumes the figures, chooses the span of their recent changes, and shows them on a wall. */
export function LiveControls({ figureNames }: { figureNames: ReadonlyMap<string, Named> }) {
  const words = useWords(overviewWords);
  const paused = useLivePart((picture) => picture.paused);
  const waiting = useLivePart((picture) => picture.waiting);
  const { kiosk, asOf } = useSearch({ strict: false }) as { kiosk?: true; asOf?: string };
  const { over = 'day' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className={styles.controls}>
      {asOf ? null : (
        <Select
          label={words.span}
          labelHidden
          choices={SPANS.map((span) => ({ key: span, name: words[span] }))}
          selected={over}
          onSelect={(span) =>
            void navigate({
              search: (old) => ({ ...old, over: span === 'month' ? 'month' : undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
      <Button onPress={() => pauseLive(!paused)}>
        {paused ? `▶ ${words.resume(waiting)}` : `❚❚ ${words.pause}`}
      </Button>
      <SpokenDigest figureNames={figureNames} />
      <Link to="." search={(search) => ({ ...search, kiosk: kiosk ? undefined : true })}>
        {kiosk ? words.leaveWall : words.wall}
      </Link>
    </div>
  );
}

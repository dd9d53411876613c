import { Link, useSearch } from '@tanstack/react-router';
import { Button } from '../../kit/Button';
import type { Named } from '../../kit/language';
import { pauseLive } from '../../kit/live/liveStore';
import { useLivePicture } from '../../kit/live/useLive';
import { useWords } from '../../kit/words';
import styles from './overview.module.css';
import { SpokenDigest } from './SpokenDigest';
import { words as overviewWords } from './words';

/** Stops and resumes the figures, and shows them on a wall. */
export function LiveControls({ figureNames }: { figureNames: ReadonlyMap<string, Named> }) {
  const words = useWords(overviewWords);
  const { paused, waiting } = useLivePicture();
  const { kiosk } = useSearch({ strict: false }) as { kiosk?: true };
  return (
    <div className={styles.controls}>
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

import type { components } from '../../generated/feeds';
import { useFormats } from '../../kit/formats';
import { Facts, Stack } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import styles from './alliances.module.css';
import { words as allianceWords } from './words';

/** How many records a filter gives now, and some of them. */
export function PreviewView({ preview }: { preview: components['schemas']['PreviewAnswer'] }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const counts = Object.entries(preview.counts);
  if (counts.length === 0) return <p role="status">{words.previewNone}</p>;
  return (
    <Stack>
      <h3>{words.previewCounts}</h3>
      <Facts items={counts.map(([record, count]) => ({ term: record, value: formats.number(count) }))} />
      <h3>{words.examples}</h3>
      {preview.examples.map((example) => (
        <details key={example.record}>
          <summary>{example.record}</summary>
          <pre className={styles.json}>{JSON.stringify(example.state, null, 2)}</pre>
        </details>
      ))}
    </Stack>
  );
}

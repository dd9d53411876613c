import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/indicators';
import { feeds, indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as healthWords } from './words';

type DeadLetter = components['schemas']['DeadLetterAnswer'];

const UNREAD = { params: { query: { healed: false } } };

/** Events that the figures or the feeds could not read and that no later event has replaced. */
export function DeadLetterPanel() {
  const words = useWords(healthWords);
  const ofFigures = useQuery(indicators.read('/v1/dead-letters', UNREAD));
  const ofFeeds = useQuery(feeds.read('/v1/dead-letters', UNREAD));
  return (
    <Panel title={words.deadLetterList}>
      <p>{words.deadLetterLead}</p>
      <h3>{words.ofFigures}</h3>
      <Answer query={ofFigures}>
        {(answer) => <DeadLetterTable caption={words.ofFigures} letters={answer.items} />}
      </Answer>
      <h3>{words.ofFeeds}</h3>
      <Answer query={ofFeeds}>
        {(answer) => <DeadLetterTable caption={words.ofFeeds} letters={answer.items} />}
      </Answer>
    </Panel>
  );
}

function DeadLetterTable({ caption, letters }: { caption: string; letters: DeadLetter[] }) {
  const words = useWords(healthWords);
  const formats = useFormats();
  const columns: Column<DeadLetter>[] = [
    {
      key: 'topic',
      head: words.topic,
      rowHead: true,
      cell: (letter) => `${letter.topic} ${letter.partition}@${letter.offset}`,
    },
    { key: 'key', head: words.key, cell: (letter) => letter.key ?? '—' },
    { key: 'reason', head: words.reason, cell: (letter) => letter.reason },
    { key: 'storedAt', head: words.storedAt, cell: (letter) => formats.moment(letter.storedAt) },
  ];
  return letters.length === 0 ? (
    <p>✓ {words.noDeadLetters}</p>
  ) : (
    <DataTable
      caption={caption}
      captionHidden
      columns={columns}
      rows={letters}
      rowKey={(letter) => `${letter.topic}/${letter.partition}/${letter.offset}`}
    />
  );
}

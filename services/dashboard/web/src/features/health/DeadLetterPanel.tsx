import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as healthWords } from './words';

type DeadLetter = components['schemas']['DeadLetterAnswer'];

/** Events that indicators could not read and that no later event has replaced. */
export function DeadLetterPanel() {
  const words = useWords(healthWords);
  const formats = useFormats();
  const letters = useQuery(indicators.read('/v1/dead-letters', { params: { query: { healed: false } } }));
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
  return (
    <Panel title={words.deadLetterList}>
      <Answer query={letters}>
        {(answer) =>
          answer.items.length === 0 ? (
            <p>✓ {words.noDeadLetters}</p>
          ) : (
            <DataTable
              caption={words.deadLetterList}
              captionHidden
              columns={columns}
              rows={answer.items}
              rowKey={(letter) => `${letter.topic}/${letter.partition}/${letter.offset}`}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

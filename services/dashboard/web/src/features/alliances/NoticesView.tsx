import { useQuery } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { EndpointPath } from './EndpointPage';
import { shortenPosition } from './positions';
import { words as allianceWords } from './words';

type Notice = components['schemas']['NoticeItem'];

/** Notices about an endpoint, the newest first. */
export function NoticesView({ path }: { path: EndpointPath }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery(
    feeds.read('/v1/feeds/{feed}/endpoints/{endpoint}/notices', { params: { path, query: { limit: 100 } } }),
  );
  const kinds: Record<string, string> = {
    'endpoint-down': words.noticeDown,
    'endpoint-recovered': words.noticeRecovered,
    'endpoint-disabled': words.noticeDisabled,
    'endpoint-gone': words.noticeGone,
    'event-set-aside': words.noticeSetAside,
    'position-expiring': words.noticeExpiring,
    'position-expired': words.noticeExpired,
  };
  const columns: Column<Notice>[] = [
    { key: 'time', head: words.time, rowHead: true, cell: (notice) => formats.moment(notice.time) },
    { key: 'kind', head: words.tabNotices, cell: (notice) => kinds[notice.kind] ?? notice.kind },
    {
      key: 'event',
      head: words.event,
      cell: (notice) => (notice.eventId ? shortenPosition(notice.eventId) : ''),
    },
  ];
  return (
    <Panel title={words.tabNotices}>
      <Answer query={answer}>
        {(found) =>
          found.items.length === 0 ? (
            <p>{words.noNotices}</p>
          ) : (
            <DataTable
              caption={words.tabNotices}
              captionHidden
              columns={columns}
              rows={found.items}
              rowKey={(notice) => notice.time + notice.kind + (notice.eventId ?? '')}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

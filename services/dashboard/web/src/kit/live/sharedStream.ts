// The worker of all tabs of a browser: it holds one stream for each person and passes on what comes.
import type { HubMessage, PageMessage } from './messages';
import { openStream } from './openStream';
import { StreamHolder } from './StreamHolder';

/** The stream of one person, with the pages of that person. */
interface PersonStream {
  holder: StreamHolder;
  pages: Set<MessagePort>;
}

const streams = new Map<string, PersonStream>();

function findStream(person: string): PersonStream {
  const known = streams.get(person);
  if (known) return known;
  const pages = new Set<MessagePort>();
  const holder = new StreamHolder(person, openStream, (message: HubMessage) => {
    for (const page of pages) page.postMessage(message);
  });
  const stream = { holder, pages };
  streams.set(person, stream);
  return stream;
}

function joinStream(page: MessagePort, person: string): void {
  // A browser has one session: what another person saw is over, or this page is.
  for (const [other, stream] of streams) {
    if (other !== person) stream.holder.forget();
  }
  const { holder, pages } = findStream(person);
  pages.add(page);
  page.postMessage(holder.snapshot());
  holder.start();
}

function leaveStreams(page: MessagePort): void {
  for (const [person, { holder, pages }] of streams) {
    if (pages.delete(page) && pages.size === 0) {
      holder.stop();
      // The next page of this person takes up the stream where it was left.
      if (streams.size > 1) streams.delete(person);
    }
  }
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const page = event.ports[0]!;
  page.onmessage = ({ data: message }: MessageEvent<PageMessage>) => {
    if (message.kind === 'join') joinStream(page, message.person);
    else if (message.kind === 'leave') leaveStreams(page);
    else for (const { holder, pages } of streams.values()) if (pages.has(page)) holder.wake();
  };
};

// The worker of all tabs of a browser: it holds the one stream and passes on what comes.
import type { HubMessage, PageMessage } from './messages';
import { openStream } from './openStream';
import { StreamHolder } from './StreamHolder';

const pages = new Set<MessagePort>();
const holder = new StreamHolder(openStream, (message: HubMessage) => {
  for (const page of pages) page.postMessage(message);
});

function receive(page: MessagePort, message: PageMessage): void {
  if (message.kind === 'leave') {
    pages.delete(page);
  } else if (message.kind === 'wake') {
    holder.wake();
  } else {
    pages.add(page);
    page.postMessage(holder.snapshot());
    holder.start();
  }
  if (pages.size === 0) holder.stop();
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const page = event.ports[0]!;
  page.onmessage = (message: MessageEvent<PageMessage>) => receive(page, message.data);
};

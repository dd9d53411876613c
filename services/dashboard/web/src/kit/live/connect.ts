import type { HubMessage, PageMessage } from './messages';

/** Sends a message to the one who holds the stream. */
export type SendToHolder = (message: PageMessage) => void;

/** Joins the stream of the browser; where browsers share no workers, this page opens its own. */
export function joinStream(person: string, receive: (message: HubMessage) => void): SendToHolder {
  const send = typeof SharedWorker === 'undefined' ? joinOwn(person, receive) : joinShared(receive);
  send({ kind: 'join', person });
  addEventListener('pagehide', () => send({ kind: 'leave' }));
  addEventListener('pageshow', (event) => {
    if (event.persisted) send({ kind: 'join', person });
  });
  addEventListener('online', () => send({ kind: 'wake' }));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) send({ kind: 'wake' });
  });
  return send;
}

function joinShared(receive: (message: HubMessage) => void): SendToHolder {
  const worker = new SharedWorker(new URL('./sharedStream.ts', import.meta.url), {
    type: 'module',
    name: 'stream',
  });
  worker.port.onmessage = (event: MessageEvent<HubMessage>) => receive(event.data);
  return (message) => worker.port.postMessage(message);
}

function joinOwn(person: string, receive: (message: HubMessage) => void): SendToHolder {
  const holder = Promise.all([import('./StreamHolder'), import('./openStream')]).then(
    ([{ StreamHolder }, { openStream }]) => new StreamHolder(person, openStream, receive),
  );
  return (message) =>
    void holder.then((own) => {
      if (message.kind === 'wake') own.wake();
      else if (message.kind === 'leave') own.stop();
      else own.start();
    });
}

/** All figures in total and by province: one question, so that every page can share the stream. */
const STREAM_ADDRESS = '/api/indicators/v1/indicators/stream?by=province';

export function openStream(lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastEventId) headers['Last-Event-ID'] = lastEventId;
  return fetch(STREAM_ADDRESS, { headers, signal, cache: 'no-store' });
}

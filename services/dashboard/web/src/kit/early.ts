// Answers that public/early.js asked for before the scripts of the page were here.

declare global {
  var earlyAnswers: Map<string, Promise<Response>> | undefined;
}

/** An answer that the first view did not take is old. */
const FRESH_MILLISECONDS = 15_000;

/** Takes the early answer to a read, once; undefined if there is none. */
export async function takeEarlyAnswer(request: Request): Promise<Response | undefined> {
  const answer = globalThis.earlyAnswers?.get(request.url);
  if (!answer || request.method !== 'GET') return undefined;
  globalThis.earlyAnswers!.delete(request.url);
  return performance.now() < FRESH_MILLISECONDS ? answer.catch(() => undefined) : undefined;
}

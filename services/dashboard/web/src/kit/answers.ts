// Answers of reads by address with their entity tag, so that an unchanged answer is not sent again.

const KEPT_ANSWERS = 150;
const LARGEST_KEPT_BYTES = 2_000_000;

interface KeptAnswer {
  tag: string;
  type: string;
  body: string;
}

const kept = new Map<string, KeptAnswer>();

export function recallTag(address: string): string | undefined {
  return kept.get(address)?.tag;
}

/** The answer as it came last; undefined when it is no longer kept. */
export function recallAnswer(address: string): Response | undefined {
  const answer = kept.get(address);
  if (!answer) return undefined;
  kept.delete(address);
  kept.set(address, answer);
  return new Response(answer.body, {
    status: 200,
    headers: { 'Content-Type': answer.type, ETag: answer.tag },
  });
}

/** Keeps a JSON answer that has an entity tag; the answer can still be read. */
export async function keepAnswer(address: string, response: Response): Promise<Response> {
  const tag = response.headers.get('ETag');
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok || !tag || !type.includes('json')) return response;
  const body = await response.clone().text();
  if (body.length > LARGEST_KEPT_BYTES) return response;
  kept.delete(address);
  kept.set(address, { tag, type, body });
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT_ANSWERS && oldest !== undefined) kept.delete(oldest);
  return response;
}

/** Forgets every answer, as when another person signs in. */
export function forgetAnswers(): void {
  kept.clear();
}

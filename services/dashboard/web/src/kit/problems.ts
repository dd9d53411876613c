import type { Language } from './language';

/** One remark about one part of a request. */
export interface Finding {
  pointer: string;
  rule: string;
  detail: string;
  detailZh: string;
}

/** Why a request was refused (RFC 9457), in both languages. */
export interface Problem {
  type: string;
  title: string;
  titleZh: string;
  detail: string;
  detailZh: string;
  status: number;
  errors?: Finding[];
}

/** A request that an API refused, or that reached none. */
export class RefusedRequest extends Error {
  /** retryAfterSeconds: when the API wants to be asked again; undefined if it does not say. */
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds?: number,
  ) {
    super(problem.detail);
    this.name = 'RefusedRequest';
  }
}

/** Reads the problem of an answer; an answer without one gets a problem of its status. */
export async function readRefusal(response: Response): Promise<RefusedRequest> {
  const text = await response.text().catch(() => '');
  const after = Number(response.headers.get('Retry-After'));
  return refusal(response.status, text, Number.isFinite(after) && after > 0 ? after : undefined);
}

/** The refusal of a status and a body, whatever the body is. */
export function refusal(status: number, text: string, retryAfterSeconds?: number): RefusedRequest {
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.title === 'string') return new RefusedRequest(problem, retryAfterSeconds);
  } catch {
    // not a problem document
  }
  return new RefusedRequest(
    {
      type: 'about:blank',
      title: `Status ${status}`,
      titleZh: `状态 ${status}`,
      detail: status === 0 ? 'The server cannot be reached.' : 'The server gave no reason.',
      detailZh: status === 0 ? '无法连接服务器。' : '服务器未说明原因。',
      status,
    },
    retryAfterSeconds,
  );
}

export function problemTitle(problem: Problem, language: Language): string {
  return (language === 'zh' ? problem.titleZh : problem.title) ?? problem.title;
}

export function problemDetail(problem: Problem, language: Language): string {
  return (language === 'zh' ? problem.detailZh : problem.detail) ?? problem.detail;
}

export function findingDetail(finding: Finding, language: Language): string {
  return (language === 'zh' ? finding.detailZh : finding.detail) ?? finding.detail;
}

/** The findings of a refusal by the field of a form that each points into. */
export interface PlacedFindings {
  /** Findings at each field, in one language. */
  at: Partial<Record<string, string>>;
  /** The refusal with the findings that no field has; undefined without a refusal. */
  error: unknown;
}

/**
 * Places the findings of a refusal at the fields of a form.
 *
 * @param fields names of the fields in the request
 * @param within path of the object that has the fields, as `/filter`
 */
export function placeFindings(
  error: unknown,
  fields: readonly string[],
  language: Language,
  within = '',
): PlacedFindings {
  const at: Partial<Record<string, string>> = {};
  if (!(error instanceof RefusedRequest) || !error.problem.errors) return { at, error: error ?? undefined };
  const others: Finding[] = [];
  for (const finding of error.problem.errors) {
    const inside = finding.pointer.startsWith(`${within}/`) ? finding.pointer.slice(within.length + 1) : '';
    const field = fields.find((each) => each === inside.split('/')[0]);
    const text = findingDetail(finding, language);
    if (field === undefined) others.push(finding);
    else if (!at[field]?.includes(text)) at[field] = at[field] === undefined ? text : `${at[field]} ${text}`;
  }
  return { at, error: new RefusedRequest({ ...error.problem, errors: others }, error.retryAfterSeconds) };
}

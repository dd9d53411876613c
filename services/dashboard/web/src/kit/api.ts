import { queryOptions } from '@tanstack/react-query';
import createClient, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths as CooperationPaths } from '../generated/cooperation';
import type { paths as FeedsPaths } from '../generated/feeds';
import type { paths as IndicatorsPaths } from '../generated/indicators';
import type { paths as MobilityPaths } from '../generated/mobility';
import type { paths as OverseasPaths } from '../generated/overseas';
import type { paths as StandardsPaths } from '../generated/standards';
import { keepAnswer, recallAnswer, recallTag } from './answers';
import { takeEarlyAnswer } from './early';
import { readRefusal, refusal } from './problems';

/** A service behind the gateway. */
export type ServiceName = 'indicators' | 'mobility' | 'cooperation' | 'overseas' | 'standards' | 'feeds';

type InitParameter<Init> =
  RequiredKeysOf<Init> extends never ? [(Init & Record<string, unknown>)?] : [Init & Record<string, unknown>];

/** Sends a request: writes name themselves, reads ask only for what changed since the last answer. */
async function send(request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.headers.set('X-Voyage-Request', '1');
    return reach(request);
  }
  const tag = recallTag(request.url);
  if (tag) request.headers.set('If-None-Match', tag);
  const response = await reach(request);
  if (response.status === 304) return recallAnswer(request.url) ?? reach(new Request(request.url));
  return keepAnswer(request.url, response);
}

async function reach(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = (await takeEarlyAnswer(request)) ?? (await fetch(request));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw refusal(0, '');
  }
  if (isForOther(response)) {
    location.reload();
    throw refusal(0, '');
  }
  return response;
}

let person: string | undefined;

/** Whether another person has signed in in this browser since the page began: their answers do not belong on it. */
function isForOther(response: Response): boolean {
  const named = response.headers.get('X-Voyage-Person') ?? undefined;
  person ??= named;
  return named !== undefined && named !== person;
}

/** The client of one service: `client` sends any request, `read` is a query for useQuery. */
function createApi<Paths extends Record<string, Record<HttpMethod, {}>>>(service: ServiceName) {
  const client = createClient<Paths>({
    baseUrl: `/api/${service}`,
    fetch: send,
    querySerializer: { array: { style: 'form', explode: false } },
  });

  function read<
    Path extends PathsWithMethod<Paths, 'get'>,
    Init extends MaybeOptionalInit<Paths[Path], 'get'>,
    Answer extends Required<FetchResponse<Paths[Path]['get'], Init, 'application/json'>>,
  >(path: Path, ...parameters: InitParameter<Init>) {
    const init = parameters[0];
    return queryOptions<Answer['data']>({
      queryKey: [service, path, init ?? {}],
      queryFn: async ({ signal }) => {
        const get = client.GET as unknown as (
          path: Path,
          init: object,
        ) => Promise<{ data?: Answer['data']; error?: unknown; response: Response }>;
        const { data, error, response } = await get(path, { ...init, signal });
        if (!response.ok) throw refusal(response.status, JSON.stringify(error), retryAfter(response));
        return data as Answer['data'];
      },
    });
  }

  return { client, read, service };
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After'));
  return seconds > 0 ? seconds : undefined;
}

/**
 * The data of an answer of `client`; throws the problem of a refused request.
 */
export async function unwrap<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (!response.ok) throw refusal(response.status, JSON.stringify(error), retryAfter(response));
  return data as Data;
}

/** Fetches any path of the page's origin as JSON; throws the problem of a refused request. */
export async function fetchJson<Data>(path: string, init?: RequestInit): Promise<Data> {
  const response = await send(new Request(path, init));
  if (!response.ok) throw await readRefusal(response);
  return (await response.json()) as Data;
}

/** Fetches any path of the page's origin as text; throws the problem of a refused request. */
export async function fetchText(path: string): Promise<string> {
  const response = await send(new Request(path));
  if (!response.ok) throw await readRefusal(response);
  return response.text();
}

export const indicators = createApi<IndicatorsPaths & Record<string, Record<HttpMethod, {}>>>('indicators');
export const mobility = createApi<MobilityPaths & Record<string, Record<HttpMethod, {}>>>('mobility');
export const cooperation = createApi<CooperationPaths & Record<string, Record<HttpMethod, {}>>>(
  'cooperation',
);
export const overseas = createApi<OverseasPaths & Record<string, Record<HttpMethod, {}>>>('overseas');
export const standards = createApi<StandardsPaths & Record<string, Record<HttpMethod, {}>>>('standards');
export const feeds = createApi<FeedsPaths & Record<string, Record<HttpMethod, {}>>>('feeds');

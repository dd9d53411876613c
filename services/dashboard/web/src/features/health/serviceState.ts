import { fetchText } from '../../kit/api';
import type { ServiceName } from '../../kit/api';

/** One thing that a service looks at to say whether it is ready. */
export interface Check {
  name: string;
  up: boolean;
}

/** The numbers of a service by which operators notice trouble; null: the service has no such number. */
export interface ServiceNumbers {
  /** Events that are stored and not yet in Kafka. */
  backlog: number | null;
  /** Age of the oldest of these, in seconds. */
  outboxAgeSeconds: number | null;
  /** Records whose events stand still. */
  stoppedKeys: number | null;
  /** Events between the log and what is served. */
  lag: number | null;
  /** Events that could not be read. */
  deadLetters: number | null;
  /** Age of the oldest audit entry that is not yet chained, in seconds. */
  auditAgeSeconds: number | null;
}

/** From which value on a number is trouble, as the operator's guide says. */
export const LIMITS: Readonly<Record<keyof ServiceNumbers, number>> = {
  backlog: 10_000,
  outboxAgeSeconds: 60,
  stoppedKeys: 1,
  lag: 1_000,
  deadLetters: 1,
  auditAgeSeconds: 60,
};

export function isTrouble(number: keyof ServiceNumbers, value: number | null): boolean {
  return value !== null && value >= LIMITS[number];
}

/** Reads the samples of a Prometheus page by name; labelled ones are summed up. */
export function readSamples(page: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of page.split('\n')) {
    const sample = /^(\w+)(?:\{[^}]*\})? (\S+)/.exec(line);
    const value = sample ? Number(sample[2]) : NaN;
    if (sample && Number.isFinite(value)) samples.set(sample[1]!, (samples.get(sample[1]!) ?? 0) + value);
  }
  return samples;
}

export function readNumbers(page: string): ServiceNumbers {
  const samples = readSamples(page);
  const sum = (...names: string[]) => {
    const found = names.map((name) => samples.get(name)).filter((value) => value !== undefined);
    return found.length === 0 ? null : found.reduce((one, other) => one + other, 0);
  };
  return {
    backlog: sum('voyage_outbox_backlog'),
    outboxAgeSeconds: sum('voyage_outbox_age_seconds'),
    stoppedKeys: sum('voyage_outbox_stopped_keys'),
    lag: sum('voyage_indicators_live_lag', 'voyage_indicators_evidence_lag', 'voyage_feeds_assigner_lag'),
    deadLetters: sum('voyage_indicators_dead_letters_total', 'voyage_feeds_assigner_dead_letters'),
    auditAgeSeconds: sum('voyage_audit_age_seconds'),
  };
}

/** Whether a service is ready, and what it looks at; a service that is down answers 503 with the same document. */
export async function fetchReadiness(service: ServiceName): Promise<{ up: boolean; checks: Check[] }> {
  const response = await fetch(`/api/${service}/q/health/ready`, { cache: 'no-store' });
  const text = await response.text();
  try {
    const health = JSON.parse(text) as { status: string; checks?: { name: string; status: string }[] };
    const checks = (health.checks ?? []).map((check) => ({ name: check.name, up: check.status === 'UP' }));
    return { up: health.status === 'UP', checks };
  } catch {
    return { up: false, checks: [] };
  }
}

export async function fetchNumbers(service: ServiceName): Promise<ServiceNumbers> {
  return readNumbers(await fetchText(`/api/${service}/q/metrics`));
}

/** The version of a service, from the head of its API's description; the rest is not read. */
export async function fetchVersion(service: ServiceName): Promise<string | null> {
  const reading = new AbortController();
  const response = await fetch(`/api/${service}/q/openapi?format=yaml`, { signal: reading.signal });
  const reader = response.body?.getReader();
  let head = '';
  while (reader && head.length < 4_000 && !/\n {2}version: \S+\n/.test(head)) {
    const { done, value } = await reader.read();
    if (done) break;
    head += new TextDecoder().decode(value);
  }
  reading.abort();
  return /\n {2}version: (\S+)\n/.exec(head)?.[1] ?? null;
}

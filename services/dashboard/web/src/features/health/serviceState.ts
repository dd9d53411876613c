import { fetchJson } from '../../kit/api';
import type { ServiceName } from '../../kit/api';

/** One thing that a service looks at to say whether it is ready. */
export interface Check {
  name: string;
  up: boolean;
}

/** The numbers of a service by which operators notice trouble; null: the service has no such number, or does not know it. */
export interface ServiceNumbers {
  /** Events that are stored and not yet in Kafka. */
  outboxBacklog: number | null;
  /** Age of the oldest of these, in seconds. */
  outboxAgeSeconds: number | null;
  /** Records whose events are stopped. */
  stoppedKeys: number | null;
  /** Events between the log and what is served. */
  lag: number | null;
  /** Events that feeds could not read; of indicators, records whose newest event is unreadable. */
  deadLetters: number | null;
  /** Age of the oldest audit entry that is not yet chained, in seconds. */
  auditAgeSeconds: number | null;
}

/** The state of a service as it says itself. */
export interface ServiceState extends ServiceNumbers {
  service: string;
  version: string;
  time: string;
}

/** From which value on a number is trouble, as the operator's guide says. */
export const LIMITS: Readonly<Record<keyof ServiceNumbers, number>> = {
  outboxBacklog: 10_000,
  outboxAgeSeconds: 60,
  stoppedKeys: 1,
  lag: 1_000,
  deadLetters: 1,
  auditAgeSeconds: 60,
};

export function isTrouble(number: keyof ServiceNumbers, value: number | null): boolean {
  return value !== null && value >= LIMITS[number];
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

/** The numbers of a service and its version. */
export async function fetchState(service: ServiceName): Promise<ServiceState> {
  return fetchJson<ServiceState>(`/api/${service}/q/metrics/state`, { cache: 'no-store' });
}

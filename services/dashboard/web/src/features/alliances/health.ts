interface EndpointState {
  status: string;
  delivery: { lagEvents?: number | null; undelivered: number; downSince?: string | null };
}

export interface DeliveryHealth {
  endpoints: number;
  backlog: number;
  undelivered: number;
  down: number;
}

/** Sums of the deliveries to some endpoints; a disabled endpoint has no backlog that anybody waits for. */
export function sumHealth(endpoints: readonly EndpointState[]): DeliveryHealth {
  const health = { endpoints: endpoints.length, backlog: 0, undelivered: 0, down: 0 };
  for (const { status, delivery } of endpoints) {
    health.backlog += status === 'enabled' ? (delivery.lagEvents ?? 0) : 0;
    health.undelivered += delivery.undelivered;
    health.down += delivery.downSince ? 1 : 0;
  }
  return health;
}

/** Events that an enabled endpoint may be behind before it deserves a look. */
const BACKLOG_TO_LOOK_AT = 1_000;

export function needsLook(health: DeliveryHealth): boolean {
  return health.down > 0 || health.undelivered > 0 || health.backlog > BACKLOG_TO_LOOK_AT;
}

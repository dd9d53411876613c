import type { components } from '../../generated/feeds';

export type Feed = components['schemas']['FeedAnswer'];
export type Endpoint = components['schemas']['EndpointAnswer'];

/** What keeps an endpoint from its events. */
export type EndpointFault = 'down' | 'disabled' | 'unproved' | 'undelivered' | 'expiring';

/** The fault of an endpoint that a person has to look at first; an endpoint that its alliance stopped has none. */
export function findFault({
  status,
  reason,
  delivery,
}: Pick<Endpoint, 'status' | 'reason'> & {
  delivery: Pick<Endpoint['delivery'], 'downSince' | 'undelivered' | 'expiresSoon'>;
}): EndpointFault | undefined {
  if (status === 'unproved') return 'unproved';
  if (status !== 'enabled') return reason === 'alliance' ? undefined : 'disabled';
  if (delivery.downSince) return 'down';
  if (delivery.undelivered > 0) return 'undelivered';
  return delivery.expiresSoon ? 'expiring' : undefined;
}

import { Badge } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import type { Endpoint } from './queries';
import { words as allianceWords } from './words';

/** Whether events are posted to an endpoint, and otherwise why not. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const words = useWords(allianceWords);
  const reasons: Record<string, string> = {
    alliance: words.disabledByAlliance,
    down: words.disabledDown,
    gone: words.disabledGone,
  };
  if (endpoint.status === 'enabled') {
    return endpoint.delivery.downSince ? (
      <Badge tone="caution">△ {words.outcomeUnavailable}</Badge>
    ) : (
      <Badge tone="proved">✓ {words.endpointStatusEnabled}</Badge>
    );
  }
  if (endpoint.status === 'unproved') return <Badge tone="caution">{words.endpointStatusUnproved}</Badge>;
  const reason = endpoint.reason ? (reasons[endpoint.reason] ?? endpoint.reason) : '';
  return (
    <Badge>
      {words.endpointStatusDisabled} {reason}
    </Badge>
  );
}

/** The outcome of a request to an endpoint, with its status or failure. */
export function OutcomeText({
  outcome,
  status,
  failure,
}: {
  outcome: string;
  status: number;
  failure?: string | null | undefined;
}) {
  const words = useWords(allianceWords);
  const outcomes: Record<string, string> = {
    accepted: words.outcomeAccepted,
    refused: words.outcomeRefused,
    unavailable: words.outcomeUnavailable,
    broken: words.outcomeBroken,
    gone: words.outcomeGone,
    expired: words.outcomeExpired,
  };
  return (
    <Badge tone={outcome === 'accepted' ? 'proved' : 'caution'}>
      {outcome === 'accepted' ? '✓ ' : '✕ '}
      {outcomes[outcome] ?? outcome} {status > 0 ? words.httpStatus(status) : (failure ?? '')}
    </Badge>
  );
}

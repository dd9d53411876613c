import type { components } from '../../generated/feeds';
import { useFormats } from '../../kit/formats';
import { Badge } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { needsLook, sumHealth } from './health';
import { useAllianceEndpoints } from './queries';
import { words as allianceWords } from './words';

export function AllianceState({ alliance }: { alliance: components['schemas']['Alliance'] }) {
  const words = useWords(allianceWords);
  return alliance.status === 'suspended' ? (
    <Badge tone="caution">❚❚ {words.suspended}</Badge>
  ) : (
    <Badge tone="proved">✓ {words.active}</Badge>
  );
}

/** Sums of all deliveries to an alliance, in words. */
export function AllianceHealth({ code }: { code: string }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const found = useAllianceEndpoints(code);
  if (!found) return <>…</>;
  const health = sumHealth(found.endpoints);
  const parts = [
    words.feedsCount(formats.number(found.feeds.length)),
    words.endpointsCount(formats.number(health.endpoints)),
    ...(health.backlog > 0 ? [words.backlog(formats.number(health.backlog))] : []),
    ...(health.undelivered > 0 ? [words.undeliveredCount(formats.number(health.undelivered))] : []),
    ...(health.down > 0 ? [words.downCount(formats.number(health.down))] : []),
  ];
  return (
    <>
      {needsLook(health) ? <Badge tone="caution">△</Badge> : <Badge tone="proved">✓ {words.healthy}</Badge>}{' '}
      {parts.join(' · ')}
    </>
  );
}

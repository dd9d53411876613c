import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { Facts, PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import { DeliveriesView } from './DeliveriesView';
import { EndpointState, OutcomeText } from './EndpointParts';
import { shortenPosition } from './positions';
import { useFeedsRefresh, type Endpoint } from './queries';
import { ReasonForm } from './ReasonForm';
import { ReplayView } from './ReplayView';
import { ENDPOINT_TABS } from './routes';
import { SecretsView } from './SecretsView';
import { UndeliveredView } from './UndeliveredView';
import { words as allianceWords } from './words';

const route = getRouteApi('/alliances/$alliance/subscriptions/$feed/endpoints/$endpoint');

export interface EndpointPath {
  feed: string;
  endpoint: string;
}

/** One endpoint: proof, test, deliveries, what was not delivered, replays and secrets. */
export function EndpointPage() {
  const words = useWords(allianceWords);
  const session = useSession();
  const { alliance, feed, endpoint: id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const path: EndpointPath = { feed, endpoint: id };
  const answer = useQuery({
    ...feeds.read('/v1/feeds/{feed}/endpoints/{endpoint}', { params: { path } }),
    refetchInterval: 10_000,
  });
  const isOwn = session.role === 'alliance';
  return (
    <>
      <PageTitle
        back={
          <Link to="/alliances/$alliance/subscriptions/$feed" params={{ alliance, feed }}>
            ← {words.feed}
          </Link>
        }
        title={<span translate="no">{answer.data?.url ?? id}</span>}
      />
      <Answer query={answer}>
        {(endpoint) => (
          <Stack>
            <EndpointHead endpoint={endpoint} path={path} isOwn={isOwn} />
            <Tabs
              label={words.endpoint}
              selected={tab ?? 'deliveries'}
              onSelect={(key) =>
                void navigate({
                  search: (now) => ({ ...now, tab: ENDPOINT_TABS.find((each) => each === key) }),
                })
              }
              items={[
                {
                  key: 'deliveries',
                  title: words.tabDeliveries,
                  content: () => <DeliveriesView path={path} />,
                },
                {
                  key: 'undelivered',
                  title: words.tabUndelivered,
                  content: () => <UndeliveredView path={path} />,
                },
                ...(isOwn
                  ? [{ key: 'replay', title: words.tabReplay, content: () => <ReplayView path={path} /> }]
                  : []),
                {
                  key: 'secrets',
                  title: words.tabSecrets,
                  content: () => <SecretsView path={path} secrets={endpoint.secrets} isOwn={isOwn} />,
                },
              ]}
            />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function EndpointHead({ endpoint, path, isOwn }: { endpoint: Endpoint; path: EndpointPath; isOwn: boolean }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const { delivery } = endpoint;
  const failed = delivery.lastFailed;
  const causes: Record<string, string> = {
    unavailable: words.downUnavailable,
    refusals: words.downRefusals,
  };
  return (
    <Panel title={words.endpoint} actions={<EndpointState endpoint={endpoint} />}>
      <Stack>
        <Facts
          items={[
            { term: words.position, value: shortenPosition(delivery.position) },
            { term: words.waiting, value: formats.number(delivery.lagEvents) },
            { term: words.held, value: formats.number(delivery.held) },
            { term: words.undelivered, value: formats.number(delivery.undelivered) },
            {
              term: words.nextTry,
              value: delivery.nextTryAt ? formats.moment(delivery.nextTryAt) : undefined,
            },
            {
              term: words.downSince,
              value: delivery.downSince ? formats.moment(delivery.downSince) : undefined,
            },
            {
              term: words.downBecause,
              value: delivery.downBecause
                ? (causes[delivery.downBecause] ?? delivery.downBecause)
                : undefined,
            },
            {
              term: words.lastFailed,
              value: failed ? (
                <>
                  {formats.moment(failed.time)} · {shortenPosition(failed.first)}{' '}
                  <OutcomeText outcome={failed.outcome} status={failed.status} failure={failed.failure} />{' '}
                  {failed.excerpt}
                </>
              ) : undefined,
            },
            {
              term: words.expires,
              value: delivery.expiresAt ? formats.moment(delivery.expiresAt) : undefined,
            },
            { term: words.statusSince, value: formats.moment(endpoint.statusSince) },
            { term: words.createdAt, value: formats.moment(endpoint.createdAt) },
          ]}
        />
        {delivery.expiresSoon ? (
          <StateMessage tone="caution">
            <p>{words.expiresSoon}</p>
          </StateMessage>
        ) : null}
        {endpoint.status === 'unproved' ? (
          <StateMessage>
            <p>{isOwn ? words.unprovedNext : words.unprovedStaff}</p>
          </StateMessage>
        ) : null}
        {isOwn ? <EndpointActions endpoint={endpoint} path={path} /> : null}
      </Stack>
    </Panel>
  );
}

function EndpointActions({ endpoint, path }: { endpoint: Endpoint; path: EndpointPath }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const refresh = useFeedsRefresh();
  const navigate = route.useNavigate();
  const { alliance } = route.useParams();
  const [deleting, setDeleting] = useState(false);
  const challenge = useMutation({
    mutationFn: () =>
      unwrap(feeds.client.POST('/v1/feeds/{feed}/endpoints/{endpoint}/challenge', { params: { path } })),
    onSuccess: refresh,
  });
  const test = useMutation({
    mutationFn: () =>
      unwrap(feeds.client.POST('/v1/feeds/{feed}/endpoints/{endpoint}/test', { params: { path } })),
  });
  const disable = useMutation({
    mutationFn: () =>
      unwrap(
        feeds.client.PATCH('/v1/feeds/{feed}/endpoints/{endpoint}', {
          params: { path },
          body: { enabled: false },
        }),
      ),
    onSuccess: refresh,
  });
  const why = (call: { failure?: string | null; status: number }) =>
    call.failure ?? words.httpStatus(call.status);
  const error = challenge.error ?? test.error ?? disable.error;
  return (
    <Stack>
      <p>
        <Button isDisabled={challenge.isPending} onPress={() => challenge.mutate()}>
          {words.challenge}
        </Button>{' '}
        <Button isDisabled={test.isPending} onPress={() => test.mutate()}>
          {words.test}
        </Button>{' '}
        {endpoint.status === 'enabled' ? (
          <Button isDisabled={disable.isPending} onPress={() => disable.mutate()}>
            {words.disable}
          </Button>
        ) : null}{' '}
        <Button kind="danger" onPress={() => setDeleting(true)}>
          {words.deleteEndpoint}
        </Button>
      </p>
      {error ? <ErrorMessage error={error} /> : null}
      {challenge.data ? (
        <StateMessage tone={challenge.data.passed ? 'quiet' : 'caution'}>
          <p role="status">
            {challenge.data.passed
              ? `✓ ${words.challengePassed}`
              : words.challengeFailed(why(challenge.data))}
          </p>
        </StateMessage>
      ) : null}
      {test.data ? (
        <StateMessage tone={test.data.passed ? 'quiet' : 'caution'}>
          <p role="status">
            {test.data.passed
              ? `✓ ${words.testPassed(formats.number(test.data.durationMillis))}`
              : words.testFailed(why(test.data))}
          </p>
        </StateMessage>
      ) : null}
      <Drawer title={words.deleteEndpoint} isOpen={deleting} onClose={() => setDeleting(false)}>
        <ReasonForm
          lead={words.deleteEndpointLead}
          action={words.deleteEndpoint}
          confirmWord={endpoint.id}
          onDone={() => setDeleting(false)}
          onAct={async () => {
            await unwrap(feeds.client.DELETE('/v1/feeds/{feed}/endpoints/{endpoint}', { params: { path } }));
            await navigate({
              to: '/alliances/$alliance/subscriptions/$feed',
              params: { alliance, feed: path.feed },
            });
          }}
        />
      </Drawer>
    </Stack>
  );
}

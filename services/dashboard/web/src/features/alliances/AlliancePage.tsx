import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
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
import { AllianceForm } from './AllianceForm';
import { AllianceHealth, AllianceState } from './AllianceParts';
import { CatalogueView } from './CatalogueView';
import { GrantsView } from './GrantsView';
import { LikelyMissesView } from './LikelyMissesView';
import { MembersView } from './MembersView';
import { OutsideFigures } from './OutsideFigures';
import { useFeedsRefresh } from './queries';
import { ReasonForm } from './ReasonForm';
import { ALLIANCE_TABS, type AllianceTab } from './routes';
import { SubscriptionsView } from './SubscriptionsView';
import { words as allianceWords } from './words';

type Alliance = components['schemas']['Alliance'];

const route = getRouteApi('/alliances/$alliance');

/** One alliance: for operators what it may have and how deliveries go; for the alliance its own work. */
export function AlliancePage() {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const session = useSession();
  const { alliance: code } = route.useParams();
  const answer = useQuery(feeds.read('/v1/alliances/{alliance}', { params: { path: { alliance: code } } }));
  const isOwn = session.role === 'alliance';
  const name = answer.data ? (formats.language === 'zh' ? answer.data.name : answer.data.nameEn) : code;
  return (
    <>
      <PageTitle
        back={isOwn ? null : <Link to="/alliances">← {words.back}</Link>}
        title={name}
        lead={isOwn ? words.ownLead : words.lead}
        actions={
          answer.data && session.role === 'operator' ? <AllianceActions alliance={answer.data} /> : null
        }
      />
      <Answer query={answer}>
        {(alliance) => (
          <Stack>
            <AllianceHead alliance={alliance} />
            <AllianceTabs alliance={alliance} isOwn={isOwn} operates={session.role === 'operator'} />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function AllianceHead({ alliance }: { alliance: Alliance }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  return (
    <Panel title={alliance.code} actions={<AllianceState alliance={alliance} />}>
      <Stack>
        {alliance.suspendedAt ? (
          <StateMessage tone="caution">
            <p>
              {words.suspendedSince(formats.moment(alliance.suspendedAt), alliance.suspensionReason ?? '')}
            </p>
          </StateMessage>
        ) : null}
        <Facts
          items={[
            { term: words.name, value: alliance.name },
            { term: words.nameEn, value: alliance.nameEn },
            { term: words.contact, value: alliance.contact },
            { term: words.admittedAt, value: formats.moment(alliance.admittedAt) },
            { term: words.health, value: <AllianceHealth code={alliance.code} /> },
          ]}
        />
      </Stack>
    </Panel>
  );
}

function AllianceTabs({
  alliance,
  isOwn,
  operates,
}: {
  alliance: Alliance;
  isOwn: boolean;
  operates: boolean;
}) {
  const words = useWords(allianceWords);
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const { code } = alliance;
  const views: Record<AllianceTab, { title: string; content: () => React.ReactNode; shown: boolean }> = {
    subscriptions: {
      title: words.tabSubscriptions,
      content: () => <SubscriptionsView alliance={code} isOwn={isOwn} />,
      shown: true,
    },
    catalogue: { title: words.tabCatalogue, content: () => <CatalogueView />, shown: isOwn },
    members: {
      title: words.tabMembers,
      content: () => <MembersView alliance={code} operates={operates} />,
      shown: true,
    },
    grants: {
      title: words.tabGrants,
      content: () => (
        <GrantsView alliance={code} operates={operates} isSuspended={alliance.status === 'suspended'} />
      ),
      shown: true,
    },
    misses: {
      title: words.tabMisses,
      content: () => <LikelyMissesView alliance={code} operates={operates} />,
      shown: !isOwn,
    },
    figures: { title: words.tabFigures, content: () => <OutsideFigures isOwn={isOwn} />, shown: true },
  };
  const keys = ALLIANCE_TABS.filter((key) => views[key].shown);
  return (
    <Tabs
      label={words.title}
      selected={keys.find((key) => key === tab) ?? 'subscriptions'}
      onSelect={(key) =>
        void navigate({
          search: (now) => ({ asOf: now.asOf, kiosk: now.kiosk, tab: keys.find((each) => each === key) }),
        })
      }
      items={keys.map((key) => ({ key, title: views[key].title, content: views[key].content }))}
    />
  );
}

function AllianceActions({ alliance }: { alliance: Alliance }) {
  const words = useWords(allianceWords);
  const refresh = useFeedsRefresh();
  const [open, setOpen] = useState<'correct' | 'suspend' | 'end'>();
  const close = () => setOpen(undefined);
  const path = { alliance: alliance.code };
  const resume = useMutation({
    mutationFn: () =>
      unwrap(feeds.client.DELETE('/v1/alliances/{alliance}/suspension', { params: { path } })),
    onSuccess: refresh,
  });
  const titles = { correct: words.correct, suspend: words.suspendTitle, end: words.endTitle };
  return (
    <>
      {resume.isError ? <ErrorMessage error={resume.error} /> : null}
      <Button onPress={() => setOpen('correct')}>{words.correct}</Button>
      {alliance.status === 'suspended' ? (
        <Button kind="primary" isDisabled={resume.isPending} onPress={() => resume.mutate()}>
          {words.resume}
        </Button>
      ) : (
        <Button kind="danger" onPress={() => setOpen('suspend')}>
          {words.suspend}
        </Button>
      )}
      <Button kind="danger" onPress={() => setOpen('end')}>
        {words.end}
      </Button>
      <Drawer title={open ? titles[open] : ''} isOpen={open !== undefined} onClose={close}>
        {open === 'correct' ? <AllianceForm alliance={alliance} onDone={close} /> : null}
        {open === 'suspend' ? (
          <ReasonForm
            lead={words.suspendLead}
            action={words.suspendTitle}
            onDone={close}
            onAct={(reason) =>
              unwrap(
                feeds.client.POST('/v1/alliances/{alliance}/suspension', {
                  params: { path },
                  body: { reason },
                }),
              )
            }
          />
        ) : null}
        {open === 'end' ? (
          <ReasonForm
            lead={words.endLead}
            action={words.endTitle}
            onDone={close}
            onAct={(reason) =>
              unwrap(feeds.client.DELETE('/v1/alliances/{alliance}', { params: { path, query: { reason } } }))
            }
          />
        ) : null}
      </Drawer>
    </>
  );
}

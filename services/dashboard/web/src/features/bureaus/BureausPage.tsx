import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useName } from '../../kit/language';
import { PageTitle, Stack } from '../../kit/Layout';
import { useSession } from '../../kit/session';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { CausesView } from './CausesView';
import { MatrixView } from './MatrixView';
import { PlansView } from './PlansView';
import { ProvinceView } from './ProvinceView';
import { words as bureauWords } from './words';

const route = getRouteApi('/bureaus');

/** All provinces for the national team; a bureau sees its own. */
export function BureausPage() {
  const words = useWords(bureauWords);
  const session = useSession();
  const name = useName();
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const own = useReportingProvinces().get(session.province ?? '');
  const isBureau = session.role === 'bureau';
  const select = (key: string) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, tab: key === 'years' ? undefined : key }) as never,
    });
  return (
    <>
      <PageTitle
        title={isBureau ? words.ownTitle(own ? name(own) : '') : words.title}
        lead={isBureau ? words.ownLead : words.lead}
      />
      <Tabs
        label={words.title}
        selected={tab && !(isBureau && tab === 'plans') ? tab : 'years'}
        onSelect={select}
        items={[
          {
            key: 'years',
            title: words.tabYears,
            content: () => (
              <Stack>{isBureau ? <ProvinceView province={session.province ?? ''} /> : <MatrixView />}</Stack>
            ),
          },
          { key: 'causes', title: words.tabCauses, content: () => <CausesView /> },
          // A plan has the expected numbers of all provinces; a bureau may not read it.
          ...(isBureau ? [] : [{ key: 'plans', title: words.tabPlans, content: () => <PlansView /> }]),
        ]}
      />
    </>
  );
}

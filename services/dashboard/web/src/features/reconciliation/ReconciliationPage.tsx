import { getRouteApi } from '@tanstack/react-router';
import { PageTitle } from '../../kit/Layout';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import { LinesView } from './LinesView';
import { PublishedSetsView } from './PublishedSetsView';
import { words as reconciliationWords } from './words';

const route = getRouteApi('/reconciliation');

/** Published statistics next to the live figures, and the sets that were published. */
export function ReconciliationPage() {
  const words = useWords(reconciliationWords);
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      <Tabs
        label={words.title}
        selected={tab ?? 'lines'}
        onSelect={(key) =>
          void navigate({ search: (now) => ({ ...now, tab: key === 'sets' ? 'sets' : undefined }) })
        }
        items={[
          { key: 'lines', title: words.tabLines, content: () => <LinesView /> },
          { key: 'sets', title: words.tabSets, content: () => <PublishedSetsView /> },
        ]}
      />
    </>
  );
}

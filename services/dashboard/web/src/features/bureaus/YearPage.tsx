import { getRouteApi, Link } from '@tanstack/react-router';
import { PageTitle } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import { SERVICES } from './completeness';
import { words as bureauWords } from './words';
import { useYearTitle } from './YearDrawer';
import { YearView } from './YearView';

const route = getRouteApi('/years/$service/$province/$year');

/** A year of one service and province as a page of its own. */
export function YearPage() {
  const words = useWords(bureauWords);
  const params = route.useParams();
  const service = SERVICES.find((each) => each === params.service) ?? 'mobility';
  const year = Number(params.year);
  const title = useYearTitle(service, params.province, year);
  return (
    <>
      <PageTitle
        title={title}
        back={
          <Link to="/bureaus" search={{ year }}>
            {words.back}
          </Link>
        }
      />
      <Panel title={words.state}>
        <YearView service={service} province={params.province} year={year} />
      </Panel>
    </>
  );
}

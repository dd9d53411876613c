import { getRouteApi, Link } from '@tanstack/react-router';
import { useName } from '../../kit/language';
import { PageTitle, Stack } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { ProvinceView } from './ProvinceView';
import { words as bureauWords } from './words';

const route = getRouteApi('/bureaus/$province');

/** One province: its years by service, its submissions and causes. */
export function ProvincePage() {
  const words = useWords(bureauWords);
  const name = useName();
  const { province } = route.useParams();
  const found = useReportingProvinces().get(province);
  return (
    <>
      <PageTitle
        title={words.provinceOf(found ? name(found) : province)}
        back={<Link to="/bureaus">{words.back}</Link>}
      />
      <Stack>
        <ProvinceView province={province} />
      </Stack>
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { Drawer } from '../../kit/Drawer';
import { serviceName } from '../../kit/services';
import { useWords } from '../../kit/words';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import type { Service } from './completeness';
import { words as bureauWords } from './words';
import { YearView } from './YearView';

/** A year of one service and province over the matrix; it also has a page of its own. */
export function YearDrawer({
  service,
  province,
  year,
  onClose,
}: {
  service: Service;
  province: string;
  year: number;
  onClose: () => void;
}) {
  const words = useWords(bureauWords);
  const title = useYearTitle(service, province, year);
  return (
    <Drawer title={title} isOpen onClose={onClose}>
      <YearView service={service} province={province} year={year} />
      <p>
        <Link to="/years/$service/$province/$year" params={{ service, province, year: String(year) }}>
          {words.openPage}
        </Link>
      </p>
    </Drawer>
  );
}

export function useYearTitle(service: Service, province: string, year: number): string {
  const words = useWords(bureauWords);
  const name = useName();
  const { language } = useFormats();
  const found = useReportingProvinces().get(province);
  return words.yearTitle(serviceName(service, language), found ? name(found) : province, String(year));
}

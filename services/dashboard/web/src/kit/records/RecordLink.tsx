import { PathLink } from '../PathLink';
import { useSession } from '../session';
import { useRecordInfo } from './recordDictionary';
import { placeRecord } from './recordPlace';

interface RecordLinkProps {
  record: string;
  province: string;
  sourceId: string;
  name?: string | null;
  asOf?: string | undefined;
}

/** Leads to a record by its name where it has one, else by its key; plain text where no page shows it. */
export function RecordLink({ record, province, sourceId, name, asOf }: RecordLinkProps) {
  const { info } = useRecordInfo(record);
  const { role } = useSession();
  const place = placeRecord(record, province, sourceId, info, role);
  const title = name ? `${name} · ${sourceId}` : sourceId;
  if (!place) return <>{title}</>;
  return (
    <PathLink path={place.path} search={{ ...place.search, asOf }}>
      {title}
    </PathLink>
  );
}

import { Link } from '@tanstack/react-router';

interface RecordLinkProps {
  record: string;
  province: string;
  sourceId: string;
  name?: string | null;
  asOf?: string | undefined;
}

/** Leads to a record; by its name where it has one, else by its key. */
export function RecordLink({ record, province, sourceId, name, asOf }: RecordLinkProps) {
  return (
    <Link to="/records/$record/$province/$sourceId" params={{ record, province, sourceId }} search={{ asOf }}>
      {name ? `${name} · ${sourceId}` : sourceId}
    </Link>
  );
}

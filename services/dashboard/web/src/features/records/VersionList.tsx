import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { kitWords } from '../../kit/kitWords';
import { PathLink } from '../../kit/PathLink';
import { useWords } from '../../kit/words';
import { useProvinceNames } from '../../kit/figures/useProvinceNames';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './records.module.css';
import { FieldChangeText } from './FieldChangeText';
import { useFieldWords } from './useFieldWords';
import { changesBetween, kindOf, type RecordVersion } from './versions';
import { words } from './words';

interface VersionListProps {
  info: RecordInfo;
  /** The newest first. */
  versions: RecordVersion[];
}

/** Every version with what changed in it, who sent it how, and what rules warned of. */
export function VersionList({ info, versions }: VersionListProps) {
  const text = useWords(words);
  const formats = useFormats();
  const columns: Column<RecordVersion>[] = [
    {
      key: 'version',
      head: text.versionOf,
      rowHead: true,
      cell: (version) =>
        `${text.version(version.version)} · ${text.kind(kindOf(previous(versions, version), version))}`,
    },
    { key: 'time', head: text.time, cell: (version) => formats.moment(version.recordedAt) },
    { key: 'sender', head: text.sender, cell: (version) => <Sender info={info} version={version} /> },
    {
      key: 'changed',
      head: text.changed,
      cell: (version) => <Changed info={info} before={previous(versions, version)} after={version} />,
    },
  ];
  return (
    <DataTable
      caption={text.versions}
      captionHidden
      columns={columns}
      rows={versions}
      rowKey={(version) => String(version.version)}
    />
  );
}

function previous(versions: RecordVersion[], version: RecordVersion): RecordVersion | undefined {
  return versions.find((each) => each.version === version.version - 1);
}

function Sender({ info, version }: { info: RecordInfo; version: RecordVersion }) {
  const text = useWords(words);
  const provinceName = useProvinceNames();
  const { kind, id, actor } = version.cause;
  const bureau = /^bureau-(\d{2})$/.exec(actor)?.[1];
  return (
    <>
      {bureau === undefined ? actor : text.bureau(provinceName(bureau))}
      <br />
      {kind === 'batch' ? (
        <PathLink path={`/submissions/${info.service}/${id}`}>{text.submission}</PathLink>
      ) : (
        <span className={styles.quiet}>{text.request}</span>
      )}
    </>
  );
}

function Changed({
  info,
  before,
  after,
}: {
  info: RecordInfo;
  before: RecordVersion | undefined;
  after: RecordVersion;
}) {
  const text = useWords(words);
  const kit = useWords(kitWords);
  const fieldWords = useFieldWords(info);
  const changes = changesBetween(before, after);
  return (
    <ul>
      {after.reason ? (
        <li>
          {text.reason}
          {kit.colon}
          {after.reason}
        </li>
      ) : null}
      {after.movedTo ? (
        <li>
          {text.movedTo} {after.movedTo}
        </li>
      ) : null}
      {changes.map((change) => (
        <li key={change.field}>
          {fieldWords.heading(change.field)}
          {kit.colon}
          <FieldChangeText info={info} change={change} province={after.province} />
        </li>
      ))}
    </ul>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { currentYear, useFormats } from '../../kit/formats';
import { FilterBar } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { serviceName } from '../../kit/services';
import { useSession } from '../../kit/session';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './bureaus.module.css';
import { CausesView } from './CausesView';
import { FIRST_YEAR, readOpenYear, type Sender, type SenderYear } from './completeness';
import { completenessQuery, reopenedYearsQuery } from './queries';
import { useYearRefresh } from '../../kit/records/useYearRefresh';
import { words as bureauWords } from './words';
import { ReceivedBar, StateMark } from './YearCell';
import { YearDrawer } from './YearDrawer';

/** The years of one province, service by service, the newest first. */
export function ProvinceView({ province }: { province: string }) {
  useYearRefresh();
  const words = useWords(bureauWords);
  const { number, language } = useFormats();
  const session = useSession();
  const search = useSearch({ strict: false }) as { open?: string };
  const navigate = useNavigate();
  const opened = readOpenYear(search.open);
  const show = (open: string | undefined) =>
    void navigate({ to: '.', search: (old) => ({ ...old, open }), replace: true, resetScroll: false });
  const answer = useQuery(completenessQuery({ province }));
  return (
    <>
      <Answer query={answer} lines={10}>
        {(found) =>
          found.items.length === 0 ? (
            <StateMessage>
              <p>{words.noProvince(String(currentYear()))}</p>
            </StateMessage>
          ) : (
            <div className={styles.panels}>
              {found.items.map((sender) => (
                <Panel
                  key={sender.service}
                  title={serviceName(sender.service, language)}
                  actions={
                    <Link
                      to="/submissions"
                      search={{
                        service: sender.service,
                        ...(session.role === 'bureau' ? {} : { province }),
                      }}
                    >
                      {words.submissions}
                    </Link>
                  }
                >
                  <div className={styles.stack}>
                    <YearTable sender={sender} onOpen={(year) => show(`${sender.service},${year}`)} />
                    <OtherYears
                      known={sender.years.map((each) => each.year)}
                      onOpen={(year) => show(`${sender.service},${year}`)}
                    />
                    <p className={styles.quiet}>
                      {words.filesRows(number(sender.files), number(sender.rows))}
                      {sender.withoutYear.parked + sender.withoutYear.refused > 0
                        ? ` · ${words.withoutYear(number(sender.withoutYear.parked), number(sender.withoutYear.refused))}`
                        : null}
                    </p>
                  </div>
                </Panel>
              ))}
            </div>
          )
        }
      </Answer>
      {session.role === 'bureau' ? null : <CausesView province={province} />}
      {opened ? (
        <YearDrawer
          service={opened.service}
          province={province}
          year={opened.year}
          onClose={() => show(undefined)}
        />
      ) : null}
    </>
  );
}

/** Years that are not in the table, each opened by its choice. */
function OtherYears({ known, onOpen }: { known: number[]; onOpen: (year: number) => void }) {
  const words = useWords(bureauWords);
  const oldest = Math.min(currentYear(), ...known);
  const years = Array.from({ length: Math.max(0, oldest - FIRST_YEAR) }, (_, index) =>
    String(oldest - 1 - index),
  );
  return (
    <FilterBar>
      <Select
        label={words.otherYears}
        choices={years.map((key) => ({ key, name: key }))}
        placeholder={words.chooseYear}
        selected={undefined}
        onSelect={(key) => onOpen(Number(key))}
      />
    </FilterBar>
  );
}

function YearTable({ sender, onOpen }: { sender: Sender; onOpen: (year: number) => void }) {
  const words = useWords(bureauWords);
  const { number, moment } = useFormats();
  const reopened = useQuery(reopenedYearsQuery(sender.service, sender.province));
  const reasonOf = (year: number) =>
    reopened.data?.find((each) => each.sourceId === String(year))?.fields.reason;
  const columns: Column<SenderYear>[] = [
    {
      key: 'year',
      head: words.year,
      rowHead: true,
      cell: (each) => (
        <button type="button" className={styles.yearLink} onClick={() => onOpen(each.year)}>
          {each.year}
        </button>
      ),
    },
    {
      key: 'state',
      head: words.state,
      cell: (each) => {
        const reason = each.state === 'open' ? reasonOf(each.year) : undefined;
        return (
          <>
            <StateMark state={each.state} />
            {reason ? <span className={styles.reopened}>{words.reopened(reason)}</span> : null}
          </>
        );
      },
    },
    {
      key: 'received',
      head: words.received,
      cell: (each) => <ReceivedBar {...each} />,
    },
    { key: 'waiting', head: words.waiting, align: 'end', cell: (each) => number(each.parked) },
    { key: 'refused', head: words.refused, align: 'end', cell: (each) => number(each.refused) },
    {
      key: 'push',
      head: words.lastPush,
      cell: (each) => (each.lastPush ? moment(each.lastPush) : words.never),
    },
  ];
  return (
    <DataTable
      caption={words.provinceYears}
      captionHidden
      columns={columns}
      rows={[...sender.years].sort((a, b) => b.year - a.year)}
      rowKey={(each) => String(each.year)}
    />
  );
}

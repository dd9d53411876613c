import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { FilterBar, PageTitle } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Select } from '../../kit/Select';
import { useSession } from '../../kit/session';
import { Answer, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './definitions.module.css';
import { KindName, periodWord } from './DefinitionParts';
import { KINDS } from './routes';
import { findFigures } from './selection';
import { words as definitionWords } from './words';

type Figure = components['schemas']['IndicatorAnswer'];

const route = getRouteApi('/definitions');
const ANY = 'any';

/** All figures with the words that define them. */
export function DefinitionsPage() {
  const words = useWords(definitionWords);
  const formats = useFormats();
  const session = useSession();
  const { find, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const answer = useQuery(indicators.read('/v1/indicators'));
  const rehearses = session.role === 'operator' || session.role === 'auditor';
  return (
    <>
      <PageTitle
        title={words.title}
        lead={words.lead}
        actions={rehearses ? <Link to="/definitions/rehearsal">{words.newDefinition}</Link> : null}
      />
      <FilterBar>
        <Field
          label={words.find}
          type="search"
          value={find ?? ''}
          onChange={(text) =>
            void navigate({ search: (now) => ({ ...now, find: text || undefined }), replace: true })
          }
        />
        <Select
          label={words.kind}
          choices={[
            { key: ANY, name: words.anyKind },
            { key: 'counted', name: words.counted },
            { key: 'derived', name: words.derivedKind },
          ]}
          selected={kind ?? ANY}
          onSelect={(key) =>
            void navigate({ search: (now) => ({ ...now, kind: KINDS.find((each) => each === key) }) })
          }
        />
      </FilterBar>
      <Panel title={words.title}>
        <Answer query={answer} lines={12}>
          {(found) => {
            const shown = findFigures(found.items, find, kind);
            return shown.length === 0 ? (
              <StateMessage>
                <p>
                  {words.none} {words.noneNext}
                </p>
              </StateMessage>
            ) : (
              <FigureTable figures={shown} caption={words.count(formats.number(shown.length))} />
            );
          }}
        </Answer>
      </Panel>
    </>
  );
}

function FigureTable({ figures, caption }: { figures: Figure[]; caption: string }) {
  const words = useWords(definitionWords);
  const name = useName();
  const columns: Column<Figure>[] = [
    {
      key: 'figure',
      head: words.figure,
      rowHead: true,
      sortBy: (figure) => name(figure.name),
      cell: (figure) => (
        <>
          <Link to="/definitions/$code" params={{ code: figure.code }}>
            {name(figure.name)}
          </Link>
          <span className={styles.code}>{figure.code}</span>
        </>
      ),
    },
    { key: 'unit', head: words.unit, cell: (figure) => name(figure.unit) },
    {
      key: 'period',
      head: words.period,
      sortBy: (figure) => figure.period,
      cell: (figure) => periodWord(words, figure.period),
    },
    {
      key: 'kind',
      head: words.kind,
      sortBy: (figure) => figure.derived?.kind ?? '',
      cell: (figure) => <KindName figure={figure} />,
    },
    {
      key: 'derivation',
      head: words.derivation,
      cell: (figure) => <span className={styles.derivation}>{name(figure.derivation)}</span>,
    },
    { key: 'version', head: words.version, align: 'end', cell: (figure) => figure.version },
  ];
  return <DataTable caption={caption} columns={columns} rows={figures} rowKey={(figure) => figure.code} />;
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { components } from '../../generated/indicators';
import { indicators } from '../../kit/api';
import { useName } from '../../kit/language';
import { Chips, Facts, PageTitle, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { Tabs } from '../../kit/Tabs';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { KindName, periodHint, periodWord } from './DefinitionParts';
import { RehearsalForm } from './RehearsalForm';
import { findDependents } from './selection';
import { words as definitionWords } from './words';

type Figure = components['schemas']['IndicatorAnswer'];

const route = getRouteApi('/definitions/$code');

/** One figure: the words that define it, its components, and the rehearsal of another definition. */
export function DefinitionPage() {
  const words = useWords(definitionWords);
  const name = useName();
  const session = useSession();
  const { code } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const answer = useQuery(indicators.read('/v1/indicators/{code}', { params: { path: { code } } }));
  const rehearses = session.role === 'operator' || session.role === 'auditor';
  return (
    <>
      <PageTitle
        back={<Link to="/definitions">← {words.back}</Link>}
        title={answer.data ? name(answer.data.name) : code}
        actions={
          <Link to={'/explore/$code' as '/'} params={{ code } as never}>
            {words.explore}
          </Link>
        }
      />
      <Answer query={answer}>
        {(figure) =>
          rehearses ? (
            <Tabs
              label={name(figure.name)}
              selected={tab ?? 'definition'}
              onSelect={(key) =>
                void navigate({
                  search: (now) => ({
                    ...now,
                    tab: key === 'rehearsal' ? ('rehearsal' as const) : undefined,
                  }),
                })
              }
              items={[
                {
                  key: 'definition',
                  title: words.definitionTab,
                  content: () => <FigureDefinition figure={figure} />,
                },
                {
                  key: 'rehearsal',
                  title: words.rehearseTab,
                  content: () => <RehearsalForm figure={figure} />,
                },
              ]}
            />
          ) : (
            <FigureDefinition figure={figure} />
          )
        }
      </Answer>
    </>
  );
}

function FigureDefinition({ figure }: { figure: Figure }) {
  const words = useWords(definitionWords);
  const names = useReferenceNames();
  const name = useName();
  return (
    <Stack>
      <Panel title={words.definitionTab}>
        <Stack>
          <p>{name(figure.derivation)}</p>
          <Facts
            items={[
              { term: words.unit, value: name(figure.unit) },
              {
                term: words.period,
                value: `${periodWord(words, figure.period)} · ${periodHint(words, figure.period)}`,
              },
              { term: words.kind, value: <KindName figure={figure} /> },
              { term: words.version, value: words.numbered(figure.version) },
              { term: words.record, value: names.record(figure.record) },
              { term: words.figure, value: figure.code },
            ]}
          />
        </Stack>
      </Panel>
      {figure.dimensions.length > 0 ? (
        <Panel title={words.dimensions}>
          <Chips items={figure.dimensions.map(names.dimension)} />
        </Panel>
      ) : null}
      {figure.lists.length > 0 ? (
        <Panel title={words.lists}>
          <Chips items={figure.lists.map(names.list)} />
        </Panel>
      ) : null}
      {figure.tables && figure.tables.length > 0 ? (
        <Panel title={words.tables}>
          <ul>
            {figure.tables.map((table) => (
              <li key={table.dimensions.join() + table.lists.join()}>
                {[...table.dimensions.map(names.dimension), ...table.lists.map(names.list)].join(' × ')}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <FigureRelations figure={figure} />
    </Stack>
  );
}

function FigureRelations({ figure }: { figure: Figure }) {
  const words = useWords(definitionWords);
  const all = useQuery(indicators.read('/v1/indicators')).data?.items ?? [];
  const parts = all.filter((each) => figure.derived?.of.includes(each.code));
  const dependents = findDependents(all, figure.code);
  return (
    <>
      {figure.derived ? (
        <Panel title={words.components}>
          <FigureLinks figures={parts} />
        </Panel>
      ) : null}
      {dependents.length > 0 ? (
        <Panel title={words.usedBy}>
          <FigureLinks figures={dependents} />
        </Panel>
      ) : null}
    </>
  );
}

function FigureLinks({ figures }: { figures: Figure[] }) {
  const name = useName();
  return (
    <Chips
      items={figures.map((each) => (
        <Link key={each.code} to="/definitions/$code" params={{ code: each.code }}>
          {name(each.name)}
        </Link>
      ))}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, useMemo } from 'react';
import { indicators } from '../../kit/api';
import { kitWords } from '../../kit/kitWords';
import { useName, type Named } from '../../kit/language';
import { useSession } from '../../kit/session';
import { Answer, ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { BureauTasks } from './BureauTasks';
import { FigureTile } from './FigureTile';
import { HappeningList } from './HappeningList';
import { words as homeWords } from './homeWords';
import { LiveControls } from './LiveControls';
import styles from './overview.module.css';
import { OperatorTasks } from './OperatorTasks';
import { OwnFigures } from './OwnFigures';
import { ProvincePanel } from './ProvincePanel';
import { overviewFileQuery, type OverviewFile } from './overviewFile';
import { headlineYear, knownCodes, useProvinceParts, useYears } from './useStandings';
import { words as overviewWords } from './words';

const route = getRouteApi('/');

const AllianceHome = lazy(async () => ({ default: (await import('./AllianceHome')).AllianceHome }));

/** The tasks of the reader, the figures that operators watch, what just happened, and the provinces. */
export function OverviewPage() {
  const { role, alliance } = useSession();
  return role === 'alliance' ? <AllianceHome alliance={alliance ?? ''} /> : <Overview />;
}

function Overview() {
  const words = useWords(overviewWords);
  const home = useWords(homeWords);
  const name = useName();
  const { role, province } = useSession();
  const { asOf, kiosk } = route.useSearch();
  const own = useReportingProvinces().get(province ?? '');
  const file = useQuery(overviewFileQuery);
  const figureNames = useFigureNames();
  // A past moment and a screen on the wall show no tasks.
  const acts = !asOf && !kiosk;
  const bureau = acts && role === 'bureau' ? (province ?? undefined) : undefined;
  return (
    <>
      <div className={styles.headLine}>
        <h1>{bureau && own ? home.bureauTitle(name(own)) : words.title}</h1>
        <LiveControls figureNames={figureNames} />
      </div>
      {acts && role === 'operator' ? <OperatorTasks /> : null}
      {bureau ? (
        <>
          <BureauTasks province={bureau} />
          <OwnFigures province={bureau} />
          <h2>{home.national}</h2>
        </>
      ) : null}
      <Answer query={file}>{(overview) => <Figures file={overview} />}</Answer>
    </>
  );
}

function Figures({ file }: { file: OverviewFile }) {
  const { asOf, figure: chosen, table = false, over = 'day' } = route.useSearch();
  const name = useName();
  const definitions = useQuery({ ...indicators.read('/v1/indicators'), staleTime: 300_000 });
  const provinceNames = useReportingProvinces();
  const byCode = useMemo(
    () => new Map(definitions.data?.items.map((figure) => [figure.code, figure])),
    [definitions.data],
  );
  const figureNames = useFigureNames();
  const codes = useMemo(() => knownCodes(file, new Set(byCode.keys())), [file, byCode]);
  const counted = useMemo(
    () =>
      codes.filter((code) => {
        const figure = byCode.get(code);
        return figure?.derived === undefined && figure?.dimensions.includes('province');
      }),
    [codes, byCode],
  );
  const grid =
    counted.find((code) => code === chosen) ?? counted.find((code) => code === file.grid) ?? counted[0] ?? '';
  const years = useYears(codes, asOf);
  const present = useYears(asOf ? codes : []);
  const parts = useProvinceParts(counted, asOf);
  // Without definitions no values are asked for.
  if (definitions.isLoadingError)
    return <ErrorMessage error={definitions.error} onRetry={() => void definitions.refetch()} />;
  if (definitions.isPending || years.isPending) return <TileSkeleton file={file} />;
  return (
    <Answer query={years} lines={8}>
      {(answer) => (
        <div className={styles.page}>
          <div className={styles.groups}>
            {file.groups.map((group) => (
              <section key={group.name.en} className={styles.group}>
                <h2>{name(group.name)}</h2>
                {group.figures.map((code) => {
                  const figure = answer.items.find((each) => each.indicator.code === code);
                  return figure ? (
                    <FigureTile
                      key={code}
                      figure={figure}
                      computedAt={answer.position.time}
                      isFlow={byCode.get(code)?.period !== 'stock'}
                      parts={parts.data}
                      provinceNames={provinceNames}
                      present={
                        asOf ? present.data?.items.find((each) => each.indicator.code === code) : undefined
                      }
                      asOf={asOf}
                      // What the page shows first is asked first.
                      over={asOf || parts.isLoading ? undefined : over}
                    />
                  ) : null;
                })}
              </section>
            ))}
          </div>
          <HappeningList {...{ figureNames, provinceNames, asOf }} first={codes} />
          {counted.length > 0 ? (
            <ProvincePanel
              {...{ code: grid, choices: counted, figureNames, asOf }}
              asTable={table}
              year={headlineYear(answer, grid)}
              parts={parts.data}
            />
          ) : null}
        </div>
      )}
    </Answer>
  );
}

/** Names of all figures that the reader may see, by code. */
function useFigureNames(): ReadonlyMap<string, Named> {
  const { data } = useQuery({ ...indicators.read('/v1/indicators'), staleTime: 300_000 });
  return useMemo(() => new Map(data?.items.map((figure) => [figure.code, figure.name])), [data]);
}

/** The places of the tiles while the first values are on the way: nothing moves when they come. */
function TileSkeleton({ file }: { file: OverviewFile }) {
  const kit = useWords(kitWords);
  const name = useName();
  return (
    <div className={styles.groups} role="status" aria-label={kit.loading}>
      {file.groups.map((group) => (
        <section key={group.name.en} className={styles.group}>
          <h2>{name(group.name)}</h2>
          {group.figures.map((code) => (
            <article key={code} className={styles.tilePlace} />
          ))}
        </section>
      ))}
    </div>
  );
}

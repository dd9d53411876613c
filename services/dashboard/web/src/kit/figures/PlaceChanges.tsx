import { useFormats } from '../formats';
import { useName } from '../language';
import { useWords } from '../words';
import { useReferenceNames } from './useReferenceNames';
import { listPlaceChanges, type PreviewAnswer, type RankPreview } from './preview';
import styles from './figures.module.css';
import { useCodeNames } from '../records/useCodeNames';
import { previewWords } from './previewWords';

const SHOWN_CHANGES = 12;
/** Dimensions whose places people compare: provinces and the fields that hold a country. */
const PLACES = ['province', 'hostCountry', 'nationality', 'partnerCountry', 'country'];

/** Provinces and countries that change places among the others. */
export function PlaceChanges({ answer }: { answer: PreviewAnswer }) {
  const words = useWords(previewWords);
  const name = useName();
  const { number } = useFormats();
  const changes = answer.items.flatMap((item) =>
    listPlaceChanges(item, PLACES).map((rank) => ({ figure: item.indicator, rank })),
  );
  const shown = changes.slice(0, SHOWN_CHANGES);
  const codeName = useCodeNames();
  const names = useReferenceNames();
  if (shown.length === 0) return null;
  const nameOf = (rank: RankPreview) => {
    const found = codeName(rank.dimension, rank.code);
    return found ? name(found) : rank.code;
  };
  return (
    <section className={styles.stack} aria-label={words.placesTitle}>
      <h3>{words.placesTitle}</h3>
      <ul className={styles.places}>
        {shown.map(({ figure, rank }) => (
          <li key={`${figure.code}|${rank.dimension}|${rank.code}|${rank.period}`}>
            {name(figure.name)} {rank.period} · {words.place(names.dimension(rank.dimension), nameOf(rank))}{' '}
            <PlaceMove rank={rank} />
          </li>
        ))}
      </ul>
      {changes.length > shown.length ? (
        <p className={styles.quiet}>{words.morePlaces(number(changes.length - shown.length))}</p>
      ) : null}
    </section>
  );
}

function PlaceMove({ rank }: { rank: RankPreview }) {
  const words = useWords(previewWords);
  const { number } = useFormats();
  if (rank.rankBefore === null)
    return <span className={styles.up}>{words.placeNew(number(rank.rankAfter))} ▲</span>;
  if (rank.rankAfter === null)
    return <span className={styles.down}>{words.placeGone(number(rank.rankBefore))} ▼</span>;
  const better = rank.rankAfter < rank.rankBefore;
  return (
    <span className={better ? styles.up : styles.down}>
      {words.placeMove(number(rank.rankBefore), number(rank.rankAfter))} {better ? '▲' : '▼'}
    </span>
  );
}

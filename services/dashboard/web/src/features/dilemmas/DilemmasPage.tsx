import { Link, useParams } from '@tanstack/react-router';
import { PageTitle, Stack } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { DilemmaPanel } from './DilemmaPanel';
import { DILEMMAS } from './dilemmas';
import styles from './dilemmas.module.css';
import { words } from './words';

/** The dilemmas and the quality of the work, each a picture and a sentence. */
export function DilemmasPage() {
  const text = useWords(words);
  return (
    <Stack>
      <PageTitle title={text.title} lead={text.lead} />
      <div className={styles.all}>
        {DILEMMAS.map((key) => (
          <DilemmaPanel key={key} dilemma={key} />
        ))}
      </div>
    </Stack>
  );
}

/** One dilemma alone, as it is shown to others. */
export function DilemmaPage() {
  const text = useWords(words);
  const { key } = useParams({ from: '/dilemmas/$key' });
  const known = DILEMMAS.find((each) => each === key);
  return (
    <Stack>
      <PageTitle title={known ? text[known] : text.title} back={<Link to="/dilemmas">{text.all}</Link>} />
      {known ? <DilemmaPanel dilemma={known} alone /> : null}
    </Stack>
  );
}

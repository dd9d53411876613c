import type { RefObject } from 'react';
import { Button } from '../../kit/Button';
import { useWords } from '../../kit/words';
import { savePicture, type Caption } from '../../kit/charts/savePicture';
import { extrasOf } from '../../kit/figures/useFigure';
import { addressOfValues, type FileFormat, type Question } from '../../kit/figures/question';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { words } from './words';

interface DownloadLinksProps {
  question: Question;
  search: ExploreSearch;
  rows: number;
  /** Whether the picture shows fewer rows than the answer has. */
  hidden: boolean;
  picture: RefObject<HTMLDivElement | null>;
  caption: Caption;
}

/** The answer as files that the API writes for the same question, and the picture as one. */
export function DownloadLinks({ question, search, rows, hidden, picture, caption }: DownloadLinksProps) {
  const text = useWords(words);
  const address = (format: FileFormat) =>
    addressOfValues(question, { ...extrasOf(question, search.shares), format });
  const files: [FileFormat, string, string][] = [
    ['csv', text.csv, 'csv'],
    ['xlsx', text.xlsx, 'xlsx'],
    ['sdmx-csv', text.sdmx, 'sdmx.csv'],
    ['sdmx-json', text.sdmxJson, 'sdmx.json'],
  ];
  const title = hidden ? text.allRows(rows) : undefined;
  return (
    <div className={styles.downloads} role="group" aria-label={text.downloads}>
      {files.map(([format, label, ending]) => (
        <a key={format} href={address(format)} download={`${question.code}.${ending}`} title={title}>
          {label}
        </a>
      ))}
      <Button
        kind="plain"
        onPress={() => {
          if (picture.current) void savePicture(picture.current, caption, `${question.code}.png`);
        }}
      >
        {text.png}
      </Button>
      <Button kind="plain" onPress={() => print()}>
        {text.print}
      </Button>
    </div>
  );
}

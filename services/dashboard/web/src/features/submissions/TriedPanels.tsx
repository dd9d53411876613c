import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { findAttempt } from './attempts';
import { isEnded } from './batch';
import { BatchResult } from './BatchResult';
import { ColumnsStep } from './ColumnsStep';
import { readFormat } from './ChooseStep';
import { EffectStep } from './EffectStep';
import { MEDIA_TYPES } from './fileFormat';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { StoreStep } from './StoreStep';
import type { FileRun } from './useFileRun';
import { words as sendWords } from './sendWords';

/** The tried file: what became of its rows, its effect on the figures, and how it is stored. */
export function TriedPanels({ info, run }: { info: RecordInfo; run: FileRun }) {
  const words = useWords(sendWords);
  const { attempt, chosen, storing, triedDone } = run;
  const fileName = attempt?.fileName ?? run.tried.data?.fileName;
  return (
    <>
      <Panel
        title={
          <>
            {words.countsTitle}
            {fileName ? <span translate="no"> · {fileName}</span> : null}
          </>
        }
        actions={
          <button type="button" className={styles.again} onClick={run.startOver}>
            {words.chooseOther}
          </button>
        }
      >
        <Answer query={run.tried}>
          {(batch) => (
            <>
              {isEnded(batch) ? (
                <ColumnsStep
                  key={batch.id}
                  batch={batch}
                  info={info}
                  onStored={(complete) => (complete && chosen ? run.chooseFile(chosen) : run.startOver())}
                />
              ) : null}
              <BatchResult
                batch={batch}
                info={info}
                columnsShown
                filter={run.search.rows}
                onFilter={run.filterRows}
              />
            </>
          )}
        </Answer>
      </Panel>
      {triedDone ? (
        <>
          <Panel title={words.effectTitle}>
            <EffectStep
              service={info.service}
              batch={triedDone}
              onPreview={(preview) => {
                const known = findAttempt(triedDone.id) ?? attempt;
                if (known) run.remember({ ...known, preview });
              }}
            />
          </Panel>
          <Panel title={words.storeTitle}>
            <StoreStep
              tried={triedDone}
              attempt={attempt}
              hashing={run.hashing}
              file={chosen?.file}
              sending={storing.sending}
              onFile={(file) => {
                void readFormat(file).then((found) =>
                  run.setChosen({ file, mediaType: 'format' in found ? MEDIA_TYPES[found.format] : '' }),
                );
              }}
              onStore={(mode) => void run.storeFile(mode)}
              onTry={() => {
                storing.stop();
                if (chosen) run.chooseFile(chosen);
              }}
              onStop={storing.stop}
            />
          </Panel>
        </>
      ) : null}
    </>
  );
}

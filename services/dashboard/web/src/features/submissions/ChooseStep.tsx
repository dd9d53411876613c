import { useState } from 'react';
import { Button } from '../../kit/Button';
import { FileDrop } from '../../kit/FileDrop';
import { useFormats } from '../../kit/formats';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { detectFormat, MEDIA_TYPES, type FormatProblem } from './fileFormat';
import { SendingMessage } from './SendingMessage';
import styles from './send.module.css';
import { formatSize } from './sizes';
import type { Sending } from './useSending';
import { words as sendWords } from './sendWords';

/** A file whose format is known. */
export interface ChosenFile {
  file: File;
  mediaType: string;
}

const HEAD_BYTES = 512;
const ENDINGS = ['.xlsx', '.xlsm', '.xls', '.et', '.csv', '.txt', '.tsv', '.ndjson', '.jsonl', '.json'];

/** Takes the file, says at once why it cannot be sent, and shows how far the upload is. */
export function ChooseStep({
  chosen,
  sending,
  onChosen,
  onSend,
  onStop,
}: {
  chosen: ChosenFile | undefined;
  sending: Sending;
  onChosen: (chosen: ChosenFile) => void;
  onSend: () => void;
  onStop: () => void;
}) {
  const words = useWords(sendWords);
  const { language } = useFormats();
  const [problem, setProblem] = useState<FormatProblem>();

  async function take(file: File) {
    const found = await readFormat(file);
    setProblem('problem' in found ? found.problem : undefined);
    if ('format' in found) onChosen({ file, mediaType: MEDIA_TYPES[found.format] });
  }

  const busy = sending.state === 'uploading' || sending.state === 'hashing';
  return (
    <div className={styles.stack}>
      {busy ? null : <FileDrop accept={ENDINGS} hint={words.limits} onFile={(file) => void take(file)} />}
      {problem ? (
        <StateMessage tone="caution">
          <p role="alert">{words[PROBLEM_WORDS[problem]]}</p>
        </StateMessage>
      ) : null}
      {chosen && (busy || sending.state !== 'idle') ? (
        <>
          <p className={styles.fileName}>
            {words.fileChosen(chosen.file.name, formatSize(chosen.file.size, language))}
          </p>
          <SendingMessage sending={sending} total={chosen.file.size} onRetry={onSend} />
          {busy ? <Button onPress={onStop}>{words.stop}</Button> : null}
        </>
      ) : null}
      <p className={styles.quiet}>
        {words.nothingStoredYet} {words.limitPreview}
      </p>
    </div>
  );
}

/** Reads only the beginning of the file. A file that cannot be read is left to the upload to report. */
export async function readFormat(file: File): Promise<ReturnType<typeof detectFormat>> {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return detectFormat(file.name, file.size, new Uint8Array(head));
}

const PROBLEM_WORDS = {
  empty: 'problemEmpty',
  'too-large': 'problemTooLarge',
  'old-excel': 'problemOldExcel',
  wps: 'problemWps',
  archive: 'problemArchive',
  document: 'problemDocument',
  'lock-file': 'problemLockFile',
  'unknown-format': 'problemUnknown',
} as const satisfies Record<FormatProblem, string>;

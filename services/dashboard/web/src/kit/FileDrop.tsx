import { DropZone, FileTrigger, Text, type FileDropItem } from 'react-aria-components';
import { Button } from './Button';
import styles from './components.module.css';
import { kitWords } from './kitWords';
import { useWords } from './words';

/** Takes one file, dropped or chosen; `accept` is a list of endings such as .xlsx. */
export function FileDrop({
  accept,
  hint,
  onFile,
  isDisabled,
}: {
  accept: string[];
  hint?: string;
  onFile: (file: File) => void;
  isDisabled?: boolean;
}) {
  const words = useWords(kitWords);
  return (
    <DropZone
      className={styles.drop!}
      isDisabled={isDisabled ?? false}
      onDrop={async (event) => {
        const item = event.items.find((candidate): candidate is FileDropItem => candidate.kind === 'file');
        if (item) onFile(await item.getFile());
      }}
    >
      <Text slot="label">{words.dropHere}</Text>
      <FileTrigger
        acceptedFileTypes={accept}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button kind="primary" isDisabled={isDisabled ?? false}>
          {words.chooseFile}
        </Button>
      </FileTrigger>
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </DropZone>
  );
}

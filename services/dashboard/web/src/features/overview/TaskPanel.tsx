import { useState } from 'react';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { Panel } from '../../kit/Panel';
import { Skeleton } from '../../kit/StateMessage';
import { TaskList, type Task } from '../../kit/TaskList';
import { useWords } from '../../kit/words';
import { words as homeWords } from './homeWords';
import styles from './overview.module.css';

const FIRST_TASKS = 6;

/** The tasks of the reader, the most urgent first. The page below keeps its place while the rest is read. */
export function TaskPanel({
  tasks,
  isPending,
  isPartial,
}: {
  tasks: readonly Task[];
  isPending: boolean;
  /** Whether a source of tasks cannot be read. */
  isPartial: boolean;
}) {
  const words = useWords(homeWords);
  const formats = useFormats();
  const [whole, setWhole] = useState(false);
  const rest = tasks.length - FIRST_TASKS;
  return (
    <Panel
      title={words.tasks}
      actions={
        rest > 0 ? (
          <Button onPress={() => setWhole(!whole)}>
            {whole ? words.fewer : words.more(formats.number(rest))}
          </Button>
        ) : null
      }
    >
      {isPartial ? <p className={styles.partly}>△ {words.partly}</p> : null}
      {isPending ? (
        <Skeleton />
      ) : tasks.length === 0 ? (
        isPartial ? null : (
          <p>✓ {words.none}</p>
        )
      ) : (
        <TaskList label={words.tasks} tasks={whole ? tasks : tasks.slice(0, FIRST_TASKS)} />
      )}
    </Panel>
  );
}

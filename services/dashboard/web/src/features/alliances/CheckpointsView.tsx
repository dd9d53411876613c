import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { FormFields, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './alliances.module.css';
import { readCopies, shortenPosition } from './positions';
import { words as allianceWords } from './words';

type Checkpoint = components['schemas']['CheckpointAnswer'];

/** Signed checkpoints with the keys that prove them, and the verification of a copy. */
export function CheckpointsView({ feed, isOwn }: { feed: string; isOwn: boolean }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery(
    feeds.read('/v1/feeds/{feed}/checkpoints', { params: { path: { feed }, query: { limit: 20 } } }),
  );
  const keys = useQuery(feeds.read('/.well-known/voyage-feeds-keys'));
  const dataOf = (checkpoint: Checkpoint) =>
    checkpoint.data as { count?: number; keyId?: string; chain?: string };
  const columns: Column<Checkpoint>[] = [
    {
      key: 'position',
      head: words.checkpointPosition,
      rowHead: true,
      cell: (each) => shortenPosition(each.id),
    },
    { key: 'time', head: words.checkpointTime, cell: (each) => formats.moment(each.time) },
    {
      key: 'count',
      head: words.checkpointCount,
      align: 'end',
      cell: (each) => formats.number(dataOf(each).count),
    },
    { key: 'key', head: words.checkpointKey, cell: (each) => dataOf(each).keyId },
    {
      key: 'chain',
      head: words.chain,
      cell: (each) => <code className={styles.chain}>{dataOf(each).chain}</code>,
    },
  ];
  return (
    <Stack>
      {isOwn ? <CopyVerification feed={feed} /> : null}
      <Panel title={words.checkpoints}>
        <Stack>
          <p>{words.checkpointsLead}</p>
          <Answer query={answer}>
            {(found) =>
              found.items.length === 0 ? (
                <p>{words.noCheckpoints}</p>
              ) : (
                <DataTable
                  caption={words.checkpoints}
                  captionHidden
                  columns={columns}
                  rows={found.items}
                  rowKey={(each) => each.id}
                />
              )
            }
          </Answer>
          <h3>{words.publicKeys}</h3>
          <Answer query={keys}>
            {(found) => (
              <ul>
                {found.keys.map((key) => (
                  <li key={key.kid}>
                    {key.kid} · {key.crv} · <code className={styles.chain}>{key.x}</code>
                  </li>
                ))}
              </ul>
            )}
          </Answer>
        </Stack>
      </Panel>
    </Stack>
  );
}

function CopyVerification({ feed }: { feed: string }) {
  const words = useWords(allianceWords);
  const [text, setText] = useState('');
  const reading = readCopies(text);
  const verification = useMutation({
    mutationFn: () => {
      if (!('copies' in reading)) throw new Error('unread lines');
      return unwrap(
        feeds.client.POST('/v1/feeds/{feed}/verifications', {
          params: { path: { feed } },
          body: { copies: reading.copies },
        }),
      );
    },
  });
  const wrong = 'wrongLine' in reading ? words.verifyBadLine(reading.wrongLine) : undefined;
  const isReady = 'copies' in reading && reading.copies.length > 0;
  return (
    <Panel title={words.verifyTitle}>
      <FormFields
        actions={
          <Button
            kind="primary"
            isDisabled={!isReady || verification.isPending}
            onPress={() => verification.mutate()}
          >
            {verification.isPending ? words.verifying : words.verify}
          </Button>
        }
      >
        <p>{words.verifyLead}</p>
        <Field
          label={words.verifyLines}
          hint={words.verifyHint}
          value={text}
          onChange={(next) => {
            setText(next);
            verification.reset();
          }}
          rows={5}
          {...(wrong ? { error: wrong } : {})}
        />
        {verification.isError ? <ErrorMessage error={verification.error} /> : null}
        {verification.data ? (
          <StateMessage tone={verification.data.equal ? 'quiet' : 'alarm'}>
            <p role="status">
              {verification.data.equal
                ? `✓ ${words.copiesEqual}`
                : `✕ ${words.copiesDiffer(verification.data.agreesUpTo ?? words.nowhere, verification.data.differsFrom ?? words.nowhere)}`}
            </p>
          </StateMessage>
        ) : null}
      </FormFields>
    </Panel>
  );
}

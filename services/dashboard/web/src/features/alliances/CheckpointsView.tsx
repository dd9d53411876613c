import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { Facts, FormFields, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './alliances.module.css';
import { readCopies, shortenPosition } from './positions';
import { words as allianceWords } from './words';

/** The last signed checkpoint with the keys that prove it, and the verification of a copy. */
export function CheckpointsView({ feed, isOwn }: { feed: string; isOwn: boolean }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery(feeds.read('/v1/feeds/{feed}/status', { params: { path: { feed } } }));
  const keys = useQuery(feeds.read('/.well-known/voyage-feeds-keys'));
  return (
    <Stack>
      {isOwn ? <CopyVerification feed={feed} /> : null}
      <Panel title={words.checkpoints}>
        <Stack>
          <p>{words.checkpointsLead}</p>
          <Answer query={answer}>
            {({ checkpoint }) =>
              checkpoint ? (
                <Facts
                  items={[
                    { term: words.checkpointPosition, value: shortenPosition(checkpoint.id) },
                    { term: words.checkpointTime, value: formats.moment(checkpoint.time) },
                    { term: words.checkpointCount, value: formats.number(checkpoint.count) },
                    { term: words.checkpointKey, value: checkpoint.keyId },
                    { term: words.chain, value: <code className={styles.chain}>{checkpoint.chain}</code> },
                    {
                      term: words.checkpointSignature,
                      value: <code className={styles.chain}>{checkpoint.signature}</code>,
                    },
                  ]}
                />
              ) : (
                <p>{words.noCheckpoints}</p>
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

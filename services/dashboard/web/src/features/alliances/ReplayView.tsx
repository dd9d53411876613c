import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { FormFields, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { EndpointPath } from './EndpointPage';
import { words as allianceWords } from './words';

type ReplayFields = components['schemas']['ReplayFields'];

/** Sends events again: a range, or all that were not delivered; with its progress. */
export function ReplayView({ path }: { path: EndpointPath }) {
  const words = useWords(allianceWords);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const replay = useMutation({
    mutationFn: (body: ReplayFields) =>
      unwrap(feeds.client.POST('/v1/feeds/{feed}/endpoints/{endpoint}/replays', { params: { path }, body })),
  });
  return (
    <Panel title={words.replayTitle}>
      <Stack>
        <p>{words.replayLead}</p>
        <p>
          <Button isDisabled={replay.isPending} onPress={() => replay.mutate({ undelivered: true })}>
            {words.replayAll}
          </Button>
        </p>
        <FormFields
          actions={
            <Button
              kind="primary"
              isDisabled={!from || !to || replay.isPending}
              onPress={() => replay.mutate({ from, to })}
            >
              {replay.isPending ? words.replaying : words.replay}
            </Button>
          }
        >
          <Field
            label={words.replayFrom}
            hint="1-0000000000000380"
            value={from}
            onChange={(text) => setFrom(text.trim())}
          />
          <Field
            label={words.replayTo}
            hint="1-0000000000000399"
            value={to}
            onChange={(text) => setTo(text.trim())}
          />
        </FormFields>
        {replay.isError ? <ErrorMessage error={replay.error} /> : null}
        {replay.data ? <ReplayProgress path={path} replay={replay.data.id} /> : null}
      </Stack>
    </Panel>
  );
}

function ReplayProgress({ path, replay }: { path: EndpointPath; replay: string }) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const answer = useQuery({
    ...feeds.read('/v1/feeds/{feed}/endpoints/{endpoint}/replays/{replay}', {
      params: { path: { ...path, replay } },
    }),
    refetchInterval: (query) => (query.state.data?.finishedAt ? false : 2_000),
  });
  return (
    <Answer query={answer}>
      {(found) => (
        <StateMessage>
          <p role="status">
            {found.finishedAt ? `✓ ${words.replayDone}` : words.replayRunning}:{' '}
            {words.replayProgress(
              formats.number(found.delivered),
              formats.number(found.total),
              formats.number(found.refused),
            )}
          </p>
        </StateMessage>
      )}
    </Answer>
  );
}

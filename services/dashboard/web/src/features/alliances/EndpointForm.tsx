import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FormFields } from '../../kit/Layout';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { CheckGroup } from './FilterFields';
import { SecretsOnce } from './SecretsOnce';
import { words as allianceWords } from './words';

const ALGORITHMS = ['hmac', 'ed25519'] as const;

/** Makes an endpoint; its secret is shown once, and the form stays until the reader has saved it. */
export function EndpointForm({ feed, onDone }: { feed: string; onDone: () => void }) {
  const words = useWords(allianceWords);
  const [url, setUrl] = useState('');
  const [signing, setSigning] = useState<string[]>(['hmac']);
  const [batch, setBatch] = useState(false);
  const [after, setAfter] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const creation = useMutation({
    mutationFn: () =>
      unwrap(
        feeds.client.POST('/v1/feeds/{feed}/endpoints', {
          params: { path: { feed }, header: { 'Idempotency-Key': key } },
          body: { url, signing, batch, ...(after ? { after } : {}) },
        }),
      ),
    gcTime: 0,
  });
  if (creation.data) return <SecretsOnce secrets={creation.data.secrets} onDone={onDone} />;
  return (
    <FormFields
      actions={
        <>
          <Button
            kind="primary"
            isDisabled={!url || signing.length === 0 || creation.isPending}
            onPress={() => creation.mutate()}
          >
            {creation.isPending ? words.saving : words.addEndpoint}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      <Field
        label={words.url}
        hint={words.urlHint}
        type="url"
        value={url}
        onChange={(text) => setUrl(text.trim())}
        isRequired
      />
      <CheckGroup legend={words.signing} choices={ALGORITHMS} selected={signing} onChange={setSigning} />
      <label>
        <input type="checkbox" checked={batch} onChange={(event) => setBatch(event.target.checked)} />{' '}
        {words.batch}
      </label>
      <Field label={words.after} value={after} onChange={(text) => setAfter(text.trim())} />
      {creation.isError ? <ErrorMessage error={creation.error} /> : null}
    </FormFields>
  );
}

import { useMutation } from '@tanstack/react-query';
import type { components } from '../../generated/feeds';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { Drawer } from '../../kit/Drawer';
import { useFormats } from '../../kit/formats';
import { Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './alliances.module.css';
import type { EndpointPath } from './EndpointPage';
import { useFeedsRefresh } from './queries';
import { SecretsOnce } from './SecretsOnce';
import { words as allianceWords } from './words';

type Secret = components['schemas']['SecretItem'];

/** Secrets that sign what is posted: which there are, a new one, and the end of one. */
export function SecretsView({
  path,
  secrets,
  isOwn,
}: {
  path: EndpointPath;
  secrets: Secret[];
  isOwn: boolean;
}) {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const refresh = useFeedsRefresh();
  const rotation = useMutation({
    mutationFn: (algorithm: 'hmac' | 'ed25519') =>
      unwrap(
        feeds.client.POST('/v1/feeds/{feed}/endpoints/{endpoint}/secrets', {
          params: { path },
          body: { algorithm },
        }),
      ),
    onSuccess: refresh,
    gcTime: 0,
  });
  const end = useMutation({
    mutationFn: (kid: string) =>
      unwrap(
        feeds.client.DELETE('/v1/feeds/{feed}/endpoints/{endpoint}/secrets/{kid}', {
          params: { path: { ...path, kid } },
        }),
      ),
    onSuccess: refresh,
  });
  const columns: Column<Secret>[] = [
    { key: 'kid', head: words.secret, rowHead: true, cell: (secret) => secret.kid },
    { key: 'algorithm', head: words.algorithm, cell: (secret) => secret.algorithm },
    {
      key: 'key',
      head: words.publicKey,
      cell: (secret) => <code className={styles.chain}>{secret.publicKey}</code>,
    },
    { key: 'created', head: words.createdAt, cell: (secret) => formats.moment(secret.createdAt) },
    {
      key: 'ends',
      head: words.endsAt,
      cell: (secret) => (secret.endsAt ? formats.moment(secret.endsAt) : ''),
    },
    ...(isOwn
      ? [
          {
            key: 'end',
            head: '',
            cell: (secret: Secret) => (
              <Button
                kind="danger"
                aria-label={`${words.endSecret} ${secret.kid}`}
                isDisabled={end.isPending}
                onPress={() => end.mutate(secret.kid)}
              >
                {words.endSecret}
              </Button>
            ),
          },
        ]
      : []),
  ];
  const error = rotation.error ?? end.error;
  return (
    <Panel
      title={words.secrets}
      actions={
        isOwn
          ? (['hmac', 'ed25519'] as const).map((algorithm) => (
              <Button
                key={algorithm}
                isDisabled={rotation.isPending}
                onPress={() => rotation.mutate(algorithm)}
              >
                {words.rotate} · {algorithm}
              </Button>
            ))
          : null
      }
    >
      <Stack>
        {isOwn ? <p>{words.rotateLead}</p> : null}
        {error ? <ErrorMessage error={error} /> : null}
        <DataTable
          caption={words.secrets}
          captionHidden
          columns={columns}
          rows={secrets}
          rowKey={(secret) => secret.kid}
        />
      </Stack>
      <Drawer title={words.rotate} isOpen={rotation.data !== undefined} onClose={() => rotation.reset()}>
        {rotation.data ? <SecretsOnce secrets={[rotation.data]} onDone={() => rotation.reset()} /> : null}
      </Drawer>
    </Panel>
  );
}

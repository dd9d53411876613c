import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../generated/indicators';
import { indicators, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { Badge, FormFields, Stack } from '../../kit/Layout';
import { Answer, ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './reconciliation.module.css';
import { words as reconciliationWords } from './words';

type PublishedSet = components['schemas']['SetAnswer'];

/** All versions of a set, the newest first, with their files; an operator withdraws one with a reason. */
export function SetVersions({ set, operates }: { set: string; operates: boolean }) {
  const answer = useQuery(indicators.read('/v1/published-sets/{set}', { params: { path: { set } } }));
  return (
    <Answer query={answer}>
      {(found) => (
        <ol className={styles.versions}>
          {found.items.map((version) => (
            <li key={version.version}>
              <VersionItem version={version} operates={operates} />
            </li>
          ))}
        </ol>
      )}
    </Answer>
  );
}

function VersionItem({ version, operates }: { version: PublishedSet; operates: boolean }) {
  const words = useWords(reconciliationWords);
  const formats = useFormats();
  const [withdrawing, setWithdrawing] = useState(false);
  return (
    <Stack>
      <p>
        <strong>{words.version(version.version)}</strong> · {version.title} · {version.source} ·{' '}
        {words.lines(formats.number(version.lines))}
        <br />
        <span className={styles.quiet}>
          {words.loaded} {formats.moment(version.loadedAt)} · {version.loadedBy}
        </span>
      </p>
      {version.withdrawal ? (
        <p>
          <Badge>{words.withdrawn}</Badge> {words.withdrawnBecause(version.withdrawal.reason)}{' '}
          <span className={styles.quiet}>
            {formats.moment(version.withdrawal.at)} · {version.withdrawal.by}
          </span>
        </p>
      ) : null}
      <span className={styles.rowActions}>
        <a
          href={`/api/indicators/v1/published-sets/${version.set}/versions/${version.version}`}
          download={`${version.set}-${version.version}.csv`}
        >
          {words.file}
        </a>
        <Link to="/reconciliation" search={{ set: version.set, version: version.version }}>
          {words.compare}
        </Link>
        {operates && !version.withdrawal && !withdrawing ? (
          <Button kind="danger" onPress={() => setWithdrawing(true)}>
            {words.withdraw}
          </Button>
        ) : null}
      </span>
      {withdrawing ? <WithdrawalForm version={version} onDone={() => setWithdrawing(false)} /> : null}
    </Stack>
  );
}

function WithdrawalForm({ version, onDone }: { version: PublishedSet; onDone: () => void }) {
  const words = useWords(reconciliationWords);
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const withdrawal = useMutation({
    mutationFn: () =>
      unwrap(
        indicators.client.DELETE('/v1/published-sets/{set}/versions/{version}', {
          params: { path: { set: version.set, version: version.version }, query: { reason } },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['indicators'] });
      onDone();
    },
  });
  return (
    <FormFields
      actions={
        <>
          <Button
            kind="danger"
            isDisabled={reason.trim() === '' || withdrawal.isPending}
            onPress={() => withdrawal.mutate()}
          >
            {words.withdraw}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      <h3>{words.withdrawTitle(version.set, version.version)}</h3>
      <p className={styles.quiet}>{words.withdrawLead}</p>
      <Field label={words.reason} value={reason} onChange={setReason} isRequired />
      {withdrawal.isError ? <ErrorMessage error={withdrawal.error} /> : null}
    </FormFields>
  );
}

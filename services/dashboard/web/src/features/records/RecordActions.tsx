import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RECORD_FORMS } from '../../generated/records';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Drawer } from '../../kit/Drawer';
import { Field } from '../../kit/Field';
import { useLanguage } from '../../kit/language';
import { FormFields } from '../../kit/Layout';
import { PathLink } from '../../kit/PathLink';
import { placeFindings, RefusedRequest } from '../../kit/problems';
import { Select } from '../../kit/Select';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { askPreview, PREVIEW_QUERY } from '../../kit/figures/preview';
import { PreviewedEffect } from '../../kit/figures/PreviewedEffect';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import { RecordInput } from './FieldInput';
import { formWords } from './formWords';
import styles from './records.module.css';
import type { RecordVersion } from './versions';

type Move = 'withdraw' | 'rename' | 'merge';

/** What a bureau can do with a record of its own: correct, withdraw, rename and merge it, or restore it. */
export function RecordActions({ info, version }: { info: RecordInfo; version: RecordVersion }) {
  const text = useWords(formWords);
  const [move, setMove] = useState<Move>();
  const path = `/records/${info.record}/${version.province}/${encodeURIComponent(version.sourceId)}`;
  if (version.movedTo !== undefined) return null;
  const titles = { withdraw: text.withdrawTitle, rename: text.renameTitle, merge: text.mergeTitle };
  return (
    <>
      <PathLink path={`${path}/edit`} className={styles.action}>
        {version.withdrawn ? text.restore : text.edit}
      </PathLink>
      {version.withdrawn ? null : (
        <>
          <Button onPress={() => setMove('rename')}>{text.rename}</Button>
          <Button onPress={() => setMove('merge')}>{text.merge}</Button>
          <Button kind="danger" onPress={() => setMove('withdraw')}>
            {text.withdraw}
          </Button>
        </>
      )}
      <Drawer title={move ? titles[move] : ''} isOpen={move !== undefined} onClose={() => setMove(undefined)}>
        {move ? (
          <MoveForm info={info} version={version} move={move} onDone={() => setMove(undefined)} />
        ) : null}
      </Drawer>
    </>
  );
}

function MoveForm({
  info,
  version,
  move,
  onDone,
}: {
  info: RecordInfo;
  version: RecordVersion;
  move: Move;
  onDone: () => void;
}) {
  const text = useWords(formWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [target, setTarget] = useState('');
  const [keep, setKeep] = useState('unsaid');
  const { record, service, collection } = info;
  const { province, sourceId } = version;
  const address = `/api/${service}/v1/${collection}/${province}/${encodeURIComponent(sourceId)}`;
  const isParent = Object.values(RECORD_FORMS).some((form) =>
    form.fields.some((field) => field.parent === record),
  );
  const effect = useQuery({
    ...PREVIEW_QUERY,
    queryKey: ['effect', 'withdraw', record, province, sourceId, version.version],
    queryFn: ({ signal }) =>
      askPreview(
        JSON.stringify({ changes: [{ record, province, sourceId, after: null }] }),
        'application/json',
        signal,
      ),
    enabled: move === 'withdraw',
  });
  const write = useMutation({
    mutationFn: () => {
      const headers = { 'If-Match': `"${version.version}"` };
      if (move === 'withdraw') {
        return fetchJson(`${address}?${new URLSearchParams({ reason: reason.trim() })}`, {
          method: 'DELETE',
          headers,
        });
      }
      return fetchJson(`${address}/${move}`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          reason: reason.trim(),
          ...(move === 'rename' ? { sourceId: target.trim() } : { into: target.trim() }),
          ...(move === 'merge' && isParent && keep !== 'unsaid' ? { keep } : {}),
        }),
      });
    },
    onError: (error) => {
      // The next attempt is against the version that another person has stored.
      if (error instanceof RefusedRequest && error.problem.status === 412) {
        void client.invalidateQueries({ queryKey: [service] });
      }
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [service] });
      onDone();
      if (move !== 'withdraw') {
        void navigate({ to: `/records/${record}/${province}/${encodeURIComponent(target.trim())}` as '/' });
      }
    },
  });
  const placed = placeFindings(write.error, ['reason', 'sourceId', 'into', 'keep'], language);
  const reasonError = placed.at.reason ?? reasonFinding(write.error, language);
  const leads = { withdraw: text.withdrawLead, rename: text.renameLead, merge: text.mergeLead };
  const names = { withdraw: text.withdraw, rename: text.rename, merge: text.merge };
  return (
    <FormFields
      actions={
        <>
          <Button
            kind={move === 'withdraw' ? 'danger' : 'primary'}
            isDisabled={write.isPending || !reason.trim() || (move !== 'withdraw' && !target.trim())}
            onPress={() => write.mutate()}
          >
            {write.isPending ? text.storing : names[move]}
          </Button>
          <Button onPress={onDone}>{text.cancel}</Button>
        </>
      }
    >
      <p>{leads[move]}</p>
      {move === 'rename' ? (
        <Field
          label={text.newKey}
          hint={text.keyHint}
          value={target}
          onChange={setTarget}
          isRequired
          {...(placed.at.sourceId === undefined ? {} : { error: placed.at.sourceId })}
        />
      ) : null}
      {move === 'merge' ? (
        <RecordInput
          label={text.into}
          hint={text.intoHint}
          isRequired
          record={record}
          province={province}
          selected={target ? [target] : []}
          onChange={(keys) => setTarget(keys.at(-1) ?? '')}
          {...(placed.at.into === undefined ? {} : { error: placed.at.into })}
        />
      ) : null}
      {move === 'merge' && isParent ? (
        <div className={styles.field}>
          <Select
            label={text.keep}
            choices={[
              { key: 'unsaid', name: text.keepUnsaid },
              { key: 'target', name: text.keepTarget },
              { key: 'source', name: text.keepSource },
            ]}
            selected={keep}
            onSelect={setKeep}
          />
          <p className={styles.hint}>{text.keepHint}</p>
        </div>
      ) : null}
      <Field
        label={text.reason}
        hint={text.reasonHint}
        value={reason}
        onChange={setReason}
        rows={2}
        isRequired
        {...(reasonError === undefined ? {} : { error: reasonError })}
      />
      {placed.error && reasonError === undefined ? <ErrorMessage error={placed.error} /> : null}
      {move === 'withdraw' ? (
        <section className={styles.warnings}>
          <h3>{text.effect}</h3>
          <PreviewedEffect preview={effect} none={text.noEffect} />
        </section>
      ) : null}
    </FormFields>
  );
}

/** What is wrong with the reason of a withdrawal, which is a parameter and no field. */
function reasonFinding(error: unknown, language: 'zh' | 'en'): string | undefined {
  if (!(error instanceof RefusedRequest)) return undefined;
  const found = error.problem.errors?.find(({ pointer }) => pointer.startsWith('?reason'));
  return found && (language === 'zh' ? found.detailZh : found.detail);
}

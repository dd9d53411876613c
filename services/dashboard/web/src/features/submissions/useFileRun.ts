import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { findAttempt, rememberAttempt, storeKey, type Attempt } from './attempts';
import { isEnded } from './batch';
import type { ChosenFile } from './ChooseStep';
import { hashFile } from './hashFile';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import type { RowFilter } from './RowTable';
import type { Step } from './Steps';
import type { StoreMode } from './StoreStep';
import { useBatch } from './useBatch';
import { useSending } from './useSending';

const route = getRouteApi('/send/$record');

/** The way of a file: the chosen file, its dry run, and the file that is stored; the address holds the two batches. */
export function useFileRun(info: RecordInfo) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ChosenFile>();
  const [attempt, setAttempt] = useState<Attempt | undefined>(() =>
    search.batch ? findAttempt(search.batch) : undefined,
  );
  const tried = useBatch(info.service, search.batch);
  const stored = useBatch(info.service, search.stored);
  const [hashing, setHashing] = useState(false);
  const trying = useSending();
  const storing = useSending();
  const tryKey = useRef('');
  const address = `/api/${info.service}/v1/${info.collection}/batches`;

  function remember(next: Attempt) {
    rememberAttempt(next);
    setAttempt((before) => (before === undefined || before.batch === next.batch ? next : before));
  }

  async function tryFile(file: ChosenFile, key = tryKey.current) {
    setHashing(true);
    const digest = hashFile(file.file)
      .catch(() => null)
      .finally(() => setHashing(false));
    const batch = await trying.send({
      url: `${address}?dryRun=true`,
      file: file.file,
      mediaType: file.mediaType,
      idempotencyKey: key,
    });
    if (!batch) return;
    const begun: Attempt = {
      batch: batch.id,
      record: info.record,
      fileName: file.file.name,
      fileBytes: file.file.size,
      mediaType: file.mediaType,
      digest: null,
      preview: null,
      triedAt: batch.startedAt,
    };
    rememberAttempt(begun);
    setAttempt(begun);
    await navigate({
      to: '.',
      search: (old) => ({ ...old, batch: batch.id, stored: undefined, rows: undefined }),
    });
    const found = await digest;
    remember({ ...(findAttempt(batch.id) ?? begun), digest: found });
  }

  function chooseFile(file: ChosenFile) {
    setChosen(file);
    tryKey.current = `try-${crypto.randomUUID()}`;
    void tryFile(file);
  }

  async function storeFile(mode: StoreMode) {
    if (!chosen || !attempt?.digest || !search.batch) return;
    const failed =
      stored.data && stored.data.state !== 'done' && isEnded(stored.data) ? stored.data.id : null;
    const batch = await storing.send({
      url: `${address}?mode=${mode}&tried=${search.batch}`,
      file: chosen.file,
      mediaType: attempt.mediaType,
      idempotencyKey: storeKey(search.batch, mode, failed),
      expectedDigest: attempt.digest,
    });
    if (!batch) return;
    remember({ ...attempt, stored: batch.id });
    await navigate({ to: '.', search: (old) => ({ ...old, stored: batch.id }) });
  }

  function startOver() {
    setChosen(undefined);
    setAttempt(undefined);
    trying.stop();
    storing.stop();
    void navigate({ to: '/send/$record', params: { record: info.record } });
  }

  const triedDone = tried.data?.state === 'done' ? tried.data : undefined;
  const storedDone = stored.data?.state === 'done' ? stored.data : undefined;
  const present: Step = !search.batch
    ? 'choose'
    : search.stored
      ? storedDone
        ? 'counted'
        : 'store'
      : triedDone
        ? 'effect'
        : 'try';

  function filterRows(rows: RowFilter | undefined) {
    void navigate({ to: '.', search: (old) => ({ ...old, rows }), replace: true });
  }

  function forgetStored() {
    void navigate({ to: '.', search: (old) => ({ ...old, stored: undefined }) });
  }

  return {
    present,
    search,
    chosen,
    setChosen,
    attempt,
    remember,
    tried,
    triedDone,
    stored,
    storedDone,
    hashing,
    trying,
    storing,
    tryFile,
    chooseFile,
    storeFile,
    startOver,
    filterRows,
    forgetStored,
  };
}

export type FileRun = ReturnType<typeof useFileRun>;

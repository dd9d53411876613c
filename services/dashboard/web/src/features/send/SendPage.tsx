import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer, Skeleton, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { findAttempt, rememberAttempt, storeKey, type Attempt } from './attempts';
import { isEnded } from './batch';
import { BatchResult } from './BatchResult';
import { ChooseStep, readFormat, type ChosenFile } from './ChooseStep';
import { CountedStep } from './CountedStep';
import { EffectStep } from './EffectStep';
import { MEDIA_TYPES } from './fileFormat';
import { hashFile } from './hashFile';
import { useRecordInfo, type RecordInfo } from './recordDictionary';
import styles from './send.module.css';
import { Steps, type Step } from './Steps';
import { StoreStep, type StoreMode } from './StoreStep';
import { useBatch } from './useBatch';
import { useProvinceNames } from './useCodeNames';
import { useSending } from './useSending';
import { words as sendWords } from './words';

const route = getRouteApi('/send/$record');

/** Send a file: choose, try, look at the effect, store exactly what was tried, see it counted. */
export function SendPage() {
  const words = useWords(sendWords);
  const session = useSession();
  const { record } = route.useParams();
  const { info, loading } = useRecordInfo(record);
  if (session.role !== 'bureau') return <BureausOnly />;
  if (!info) return loading ? <Skeleton lines={8} /> : <p>{words.readFailed}</p>;
  return <SendRecord key={info.record} info={info} province={session.province ?? ''} />;
}

export function BureausOnly() {
  const words = useWords(sendWords);
  return (
    <>
      <h1>{words.title}</h1>
      <StateMessage actions={<Link to="/bureaus">{words.toBureaus}</Link>}>
        <p>{words.bureausOnly}</p>
      </StateMessage>
    </>
  );
}

function SendRecord({ info, province }: { info: RecordInfo; province: string }) {
  const words = useWords(sendWords);
  const name = useName();
  const search = route.useSearch();
  const navigate = useNavigate();
  const provinceName = useProvinceNames().get(province);
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
      url: `${address}?mode=${mode}`,
      file: chosen.file,
      mediaType: attempt.mediaType,
      idempotencyKey: storeKey(search.batch, mode, failed),
      expectedDigest: attempt.digest,
    });
    if (batch) await navigate({ to: '.', search: (old) => ({ ...old, stored: batch.id }) });
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

  useEffect(() => {
    document.title = words.titleOf(name(info.name), '');
  }, [words, name, info]);

  return (
    <>
      <div className={styles.head}>
        <h1>{words.titleOf(name(info.name), provinceName ? name(provinceName) : '')}</h1>
        <a
          href={`/api/${info.service}/v1/${info.collection}/template.xlsx`}
          download={`${name(info.name)}.xlsx`}
        >
          {words.template}
        </a>
        <Link to="/submissions" search={{ service: info.service }}>
          {words.mySubmissions}
        </Link>
      </div>
      <Steps present={present} />
      {search.stored ? null : search.batch ? (
        <Panel
          title={`${words.countsTitle}${attempt ? ` · ${attempt.fileName}` : ''}`}
          actions={
            <button type="button" className={styles.again} onClick={startOver}>
              {words.chooseOther}
            </button>
          }
        >
          <Answer query={tried}>
            {(batch) => (
              <BatchResult
                batch={batch}
                info={info}
                filter={search.rows}
                onFilter={(rows) =>
                  void navigate({ to: '.', search: (old) => ({ ...old, rows }), replace: true })
                }
              />
            )}
          </Answer>
        </Panel>
      ) : (
        <Panel title={words.stepChoose}>
          <ChooseStep
            chosen={chosen}
            sending={trying.sending}
            onChosen={chooseFile}
            onSend={() => chosen && void tryFile(chosen)}
            onStop={() => {
              trying.stop();
              setChosen(undefined);
            }}
          />
        </Panel>
      )}
      {triedDone && !search.stored ? (
        <>
          <Panel title={words.effectTitle}>
            <EffectStep
              service={info.service}
              batch={triedDone}
              onPreview={(preview) => {
                const known = findAttempt(triedDone.id) ?? attempt;
                if (known) remember({ ...known, preview });
              }}
            />
          </Panel>
          <Panel title={words.storeTitle}>
            <StoreStep
              tried={triedDone}
              attempt={attempt}
              hashing={hashing}
              file={chosen?.file}
              sending={storing.sending}
              onFile={(file) => {
                void readFormat(file).then((found) =>
                  setChosen({ file, mediaType: 'format' in found ? MEDIA_TYPES[found.format] : '' }),
                );
              }}
              onStore={(mode) => void storeFile(mode)}
              onTry={() => {
                storing.stop();
                if (chosen) chooseFile(chosen);
              }}
              onStop={storing.stop}
            />
          </Panel>
        </>
      ) : null}
      {search.stored ? (
        <>
          {storedDone ? (
            <Panel title={words.figuresTitle}>
              <CountedStep
                stored={storedDone}
                preview={attempt?.preview ?? []}
                since={attempt?.triedAt ?? storedDone.startedAt}
              />
              <p className={styles.links}>
                <Link to="/">{words.toOverview}</Link>
                <Link
                  to="/submissions/$service/$batch"
                  params={{ service: info.service, batch: storedDone.id }}
                >
                  {words.toSubmission}
                </Link>
                <button type="button" className={styles.again} onClick={startOver}>
                  {words.sendAnother}
                </button>
              </p>
            </Panel>
          ) : null}
          <Panel title={words.storedTitle}>
            <Answer query={stored}>
              {(batch) => (
                <BatchResult
                  batch={batch}
                  info={info}
                  filter={search.rows}
                  onFilter={(rows) =>
                    void navigate({ to: '.', search: (old) => ({ ...old, rows }), replace: true })
                  }
                />
              )}
            </Answer>
            {stored.data && isEnded(stored.data) && stored.data.state !== 'done' ? (
              <button
                type="button"
                className={styles.again}
                onClick={() => void navigate({ to: '.', search: (old) => ({ ...old, stored: undefined }) })}
              >
                {words.retry}
              </button>
            ) : null}
          </Panel>
        </>
      ) : null}
    </>
  );
}

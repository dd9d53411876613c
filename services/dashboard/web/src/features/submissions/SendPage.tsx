import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLanguage, useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Skeleton } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { BureausOnly } from './BureausOnly';
import { ChooseStep } from './ChooseStep';
import { useRecordInfo, type RecordInfo } from '../../kit/records/recordDictionary';
import styles from './send.module.css';
import { Steps } from './Steps';
import { StoredPanels } from './StoredPanels';
import { TriedPanels } from './TriedPanels';
import { useReportingProvinces } from '../../kit/records/useCodeNames';
import { useFileRun } from './useFileRun';
import { words as sendWords } from './sendWords';

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

function SendRecord({ info, province }: { info: RecordInfo; province: string }) {
  const words = useWords(sendWords);
  const name = useName();
  const language = useLanguage();
  const provinceName = useReportingProvinces().get(province);
  const run = useFileRun(info);
  const { chosen, search, trying } = run;

  useEffect(() => {
    document.title = words.titleOf(name(info.name), '');
  }, [words, name, info]);

  return (
    <>
      <div className={styles.head}>
        <h1>{words.titleOf(name(info.name), provinceName ? name(provinceName) : '')}</h1>
        <a
          href={`/api/${info.service}/v1/${info.collection}/template.xlsx?lang=${language}`}
          download={`${name(info.name)}.xlsx`}
        >
          {words.template}
        </a>
        <Link to="/submissions" search={{ service: info.service }}>
          {words.mySubmissions}
        </Link>
      </div>
      <Steps present={run.present} />
      {search.stored ? (
        <StoredPanels info={info} run={run} />
      ) : search.batch ? (
        <TriedPanels info={info} run={run} />
      ) : (
        <Panel title={words.stepChoose}>
          <ChooseStep
            chosen={chosen}
            sending={trying.sending}
            onChosen={run.chooseFile}
            onSend={() => chosen && void run.tryFile(chosen)}
            onStop={() => {
              trying.stop();
              run.setChosen(undefined);
            }}
          />
        </Panel>
      )}
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { useLanguage, useName } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { PathLink } from '../../kit/PathLink';
import { serviceName } from '../../kit/services';
import { useSession } from '../../kit/session';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { RECORD_SERVICES, useServices } from '../../kit/records/recordDictionary';
import { BureausOnly } from './BureausOnly';
import styles from './send.module.css';
import { words as sendWords } from './sendWords';

/** The records that a bureau sends, each with its template. */
export function SendIndexPage() {
  const words = useWords(sendWords);
  const name = useName();
  const language = useLanguage();
  const session = useSession();
  const services = useServices();
  if (session.role !== 'bureau') return <BureausOnly />;
  return (
    <>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        <Link to="/submissions">{words.mySubmissions}</Link>
        <Link to="/waiting">{words.waiting}</Link>
      </div>
      <p className={styles.quiet}>{words.choosePage}</p>
      <div className={styles.records}>
        {services.map((service, index) => (
          <Panel key={RECORD_SERVICES[index]} title={serviceName(RECORD_SERVICES[index]!, language)}>
            <Answer query={service}>
              {(info) => (
                <ul>
                  {info.records.map((record) => (
                    <li key={record.record}>
                      <Link to="/send/$record" params={{ record: record.record }}>
                        {name(record.name)}
                      </Link>
                      <a
                        href={`/api/${record.service}/v1/${record.collection}/template.xlsx?lang=${language}`}
                        download={`${name(record.name)}.xlsx`}
                        aria-label={words.templateOf(name(record.name))}
                      >
                        {words.template}
                      </a>
                      <PathLink
                        path={`/records/${record.record}/new`}
                        label={words.oneByOneOf(name(record.name))}
                      >
                        {words.oneByOne}
                      </PathLink>
                    </li>
                  ))}
                </ul>
              )}
            </Answer>
          </Panel>
        ))}
      </div>
    </>
  );
}

import licences from '../../generated/licences.json';
import { DataTable, type Column } from '../../kit/DataTable';
import { addLanguage, useLanguage } from '../../kit/language';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import { words as aboutWords } from './words';

type Licence = (typeof licences)[number];

/** What Voyage is, its APIs, and the licences of all software that the pages bring along. */
export function AboutPage() {
  const words = useWords(aboutWords);
  const language = useLanguage();
  const columns: Column<Licence>[] = [
    {
      key: 'name',
      head: words.name,
      cell: (licence) => licence.name,
      sortBy: (licence) => licence.name,
      rowHead: true,
    },
    { key: 'version', head: words.version, cell: (licence) => licence.version },
    {
      key: 'licence',
      head: words.licence,
      cell: (licence) => licence.licence,
      sortBy: (licence) => licence.licence,
    },
  ];
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p>
        {/* A page of its own: it has a policy of its own, which a new document only gets from the server. */}
        <a href={addLanguage('/reference', language)}>{words.reference}</a>
        {words.referenceLead}
      </p>
      <Panel title={words.licences}>
        <DataTable
          caption={words.licences}
          captionHidden
          columns={columns}
          rows={licences}
          rowKey={(licence) => `${licence.name}@${licence.version}`}
        />
      </Panel>
    </>
  );
}

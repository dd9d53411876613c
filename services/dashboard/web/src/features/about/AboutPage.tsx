import licences from '../../generated/licences.json';
import { DataTable, type Column } from '../../kit/DataTable';
import { Panel } from '../../kit/Panel';
import { useWords } from '../../kit/words';
import { words as aboutWords } from './words';

type Licence = (typeof licences)[number];

/** What Voyage is, and the licences of all software that the pages bring along. */
export function AboutPage() {
  const words = useWords(aboutWords);
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

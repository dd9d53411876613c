import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { components } from '../../generated/feeds';
import { feeds } from '../../kit/api';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { Answer } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { useReferenceNames } from '../../kit/figures/useReferenceNames';
import { words as allianceWords } from './words';

type CatalogueRecord = components['schemas']['CatalogueRecord'];

/** The records and fields that the grants in force open. */
export function CatalogueView() {
  const words = useWords(allianceWords);
  const formats = useFormats();
  const names = useReferenceNames();
  const answer = useQuery(feeds.read('/v1/feeds/catalogue'));
  const columns: Column<CatalogueRecord>[] = [
    { key: 'record', head: words.records, rowHead: true, cell: (record) => names.record(record.record) },
    { key: 'open', head: words.openFields, cell: (record) => <FieldCodes fields={record.openFields} /> },
    {
      key: 'closed',
      head: words.closedFields,
      cell: (record) => <FieldCodes fields={record.closedFields} />,
    },
  ];
  return (
    <Panel title={words.catalogueTitle}>
      <Answer query={answer}>
        {(catalogue) =>
          catalogue.records.length === 0 ? (
            <p>{words.emptyCatalogue}</p>
          ) : (
            <Stack>
              <p>
                {words.catalogueLead}{' '}
                {words.limits(formats.number(catalogue.maxFeeds), formats.number(catalogue.retentionDays))}
              </p>
              {catalogue.figureTopic ? (
                <p>{words.figureTopic(catalogue.figureTopic.topic, catalogue.figureTopic.servers)}</p>
              ) : null}
              <DataTable
                caption={words.catalogueTitle}
                captionHidden
                columns={columns}
                rows={catalogue.records}
                rowKey={(record) => record.record}
              />
            </Stack>
          )
        }
      </Answer>
    </Panel>
  );
}

/** Fields as programs read them in events. */
function FieldCodes({ fields }: { fields: string[] }) {
  if (fields.length === 0) return '—';
  return fields.map((field, at) => (
    <Fragment key={field}>
      {at > 0 ? ', ' : null}
      <code>{field}</code>
    </Fragment>
  ));
}

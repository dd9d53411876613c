import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useLanguage, useName } from '../../kit/language';
import { FormFields } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { findingDetail, placeFindings, RefusedRequest } from '../../kit/problems';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { askPreview, PREVIEW_QUERY } from '../../kit/figures/preview';
import { PreviewedEffect } from '../../kit/figures/PreviewedEffect';
import type { RecordInfo } from '../../kit/records/recordDictionary';
import type { RecordForm } from '../../kit/records/recordForm';
import { ConflictMessage } from './ConflictMessage';
import { checkDraft, isAllowed, isRequired, joinDrafts, readDraft, writeDraft, type Draft } from './draft';
import { FieldInput } from './FieldInput';
import { formWords } from './formWords';
import { StoredMessage } from './StoredMessage';
import type { RecordVersion } from './versions';

/** What a write is answered with: the version, or that the row waits for its parent. */
export type WriteAnswer =
  | RecordVersion
  | { parked: true; sourceId: string; warnings?: RecordVersion['warnings'] };

interface RecordEditorProps {
  info: RecordInfo;
  form: RecordForm;
  province: string;
  /** The version that is corrected; undefined for a new record. */
  base: RecordVersion | undefined;
  /** What a new record begins with. */
  initial?: Record<string, unknown>;
  onCancel: () => void;
}

/** Creates or corrects one record: checks it, shows its effect on the figures, and stores it against the version that was read. */
export function RecordEditor({ info, form, province, base, initial = {}, onCancel }: RecordEditorProps) {
  const text = useWords(formWords);
  const language = useLanguage();
  const name = useName();
  const client = useQueryClient();
  const [readVersion, setReadVersion] = useState(base);
  const [sourceId, setSourceId] = useState(base?.sourceId ?? '');
  const [draft, setDraft] = useState<Draft>(() => readDraft(form, base?.fields ?? initial));
  const [isChecked, setChecked] = useState(false);
  const [previewed, setPreviewed] = useState<string>();
  const faults = checkDraft(form, draft, base !== undefined);
  const isKeyMissing = sourceId.trim() === '';
  const faultCount = Object.keys(faults).length + Number(isKeyMissing);
  const fields = writeDraft(form, draft);
  const personal = new Set(form.fields.filter((field) => field.personal).map((field) => field.name));
  const counted = Object.fromEntries(Object.entries(fields).filter(([field]) => !personal.has(field)));
  const change = JSON.stringify({ record: info.record, province, sourceId: sourceId.trim(), after: counted });
  const preview = useQuery({
    ...PREVIEW_QUERY,
    queryKey: ['effect', change],
    queryFn: ({ signal }) => askPreview(`{"changes":[${change}]}`, 'application/json', signal),
    enabled: previewed === change,
  });
  const address = (key: string) =>
    `/api/${info.service}/v1/${info.collection}/${province}/${encodeURIComponent(key)}`;
  const write = useMutation({
    mutationFn: () =>
      fetchJson<WriteAnswer>(address(sourceId.trim()), {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          ...(readVersion && !readVersion.withdrawn
            ? { 'If-Match': `"${readVersion.version}"` }
            : { 'If-None-Match': '*' }),
        },
        body: JSON.stringify(fields),
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: [info.service] }),
  });
  const refused = write.error instanceof RefusedRequest ? write.error : undefined;
  const isOutdated = refused?.problem.status === 412;
  const newest = useQuery({
    queryKey: [info.service, 'newest', province, sourceId, write.submittedAt],
    queryFn: ({ signal }) =>
      fetchJson<RecordVersion>(address(sourceId.trim()), { signal, cache: 'no-store' }),
    enabled: isOutdated,
    retry: false,
  });
  const names = form.fields.map((field) => field.name);
  const ofWrite = placeFindings(isOutdated ? undefined : write.error, names, language);
  const ofPreview = placeFindings(preview.error, names, language, '/changes/0/after');
  const errorOf = (field: string) => {
    const fault = faults[field];
    if (isChecked && fault) return text.fault(fault, labelsOf(fault));
    return ofWrite.at[field] ?? ofPreview.at[field];
  };
  const labelsOf = (fault: object) =>
    'fields' in fault
      ? (fault.fields as string[]).map((field) =>
          name(form.fields.find((each) => each.name === field)!.label),
        )
      : [];
  const setValue = (field: string, value: Draft[string]) => {
    setDraft((before) => ({ ...before, [field]: value }));
    if (write.isError) write.reset();
  };
  const proceed = (act: () => void) => {
    setChecked(true);
    if (faultCount === 0) act();
  };
  if (write.data) {
    return (
      <StoredMessage
        info={info}
        province={province}
        before={base}
        answer={write.data}
        hasPersonalData={Object.keys(fields).some((field) => personal.has(field))}
        onAnother={
          base
            ? undefined
            : () => {
                setSourceId('');
                // The next record is about another person.
                setDraft(readDraft(form, initial));
                setPreviewed(undefined);
                setChecked(false);
                write.reset();
              }
        }
      />
    );
  }
  return (
    <>
      <Panel title={name(info.name)}>
        <FormFields
          actions={
            <>
              <Button onPress={() => proceed(() => setPreviewed(change))}>{text.showEffect}</Button>
              <Button
                kind="primary"
                isDisabled={write.isPending}
                onPress={() => proceed(() => write.mutate())}
              >
                {write.isPending ? text.storing : text.store}
              </Button>
              <Button onPress={onCancel}>{text.cancel}</Button>
            </>
          }
        >
          {base ? null : (
            <Field
              label={text.key}
              hint={text.keyHint}
              value={sourceId}
              onChange={(key) => {
                setSourceId(key);
                if (write.isError) write.reset();
              }}
              isRequired
              {...(isChecked && isKeyMissing ? { error: text.fault({ kind: 'required' }, []) } : {})}
            />
          )}
          {form.fields
            .filter((field) => isAllowed(form, field.name, draft))
            .map((field) => (
              <FieldInput
                key={field.name}
                info={info}
                field={field}
                value={draft[field.name]}
                onChange={(value) => setValue(field.name, value)}
                error={errorOf(field.name)}
                isRequired={isRequired(form, field, draft)}
                province={province}
              />
            ))}
          {isChecked && faultCount > 0 ? (
            <StateMessage tone="caution">
              <p role="status">{text.faults(faultCount)}</p>
            </StateMessage>
          ) : null}
          {isOutdated && newest.isError ? (
            <ErrorMessage error={newest.error} />
          ) : isOutdated ? (
            <ConflictMessage
              info={info}
              form={form}
              base={readVersion}
              newest={newest.data}
              draft={draft}
              onContinue={(theirs) => {
                setDraft((mine) =>
                  joinDrafts(
                    readDraft(form, readVersion?.fields ?? initial),
                    mine,
                    readDraft(form, theirs.fields),
                  ),
                );
                setReadVersion(theirs);
                write.reset();
              }}
            />
          ) : ofWrite.error ? (
            <ErrorMessage error={ofWrite.error} />
          ) : null}
        </FormFields>
      </Panel>
      {previewed === change ? (
        <Panel title={text.effect}>
          <PreviewedEffect
            preview={preview}
            none={text.noEffect}
            explain={(error) =>
              error instanceof RefusedRequest && error.problem.errors?.length ? (
                <ul>
                  {error.problem.errors.map((finding, at) => (
                    <li key={at}>{findingDetail(finding, language)}</li>
                  ))}
                </ul>
              ) : undefined
            }
          />
        </Panel>
      ) : null}
    </>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { feeds, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { FormFields } from '../../kit/Layout';
import { PickList } from '../../kit/PickList';
import { Select } from '../../kit/Select';
import { ErrorMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import type { Member } from './MembersView';
import { useFeedsRefresh } from './queries';
import { useCodeChoices } from './useCodeChoices';
import { words as allianceWords } from './words';

const KINDS = ['college', 'foreign-university', 'enterprise', 'industry-organisation'] as const;
type MemberKind = (typeof KINDS)[number];

/** Adds a member, or corrects one against the version that was read. */
export function MemberForm({
  alliance,
  member,
  onDone,
}: {
  alliance: string;
  member?: Member;
  onDone: () => void;
}) {
  const words = useWords(allianceWords);
  const refresh = useFeedsRefresh();
  const choicesOf = useCodeChoices();
  const [id, setId] = useState(member?.id ?? '');
  const [kind, setKind] = useState<MemberKind>(member?.kind ?? 'foreign-university');
  const [college, setCollege] = useState(member?.college ?? '');
  const [names, setNames] = useState((member?.names ?? []).join('\n'));
  const [country, setCountry] = useState(member?.country ?? '');
  const [from, setFrom] = useState(member?.from ?? '');
  const [until, setUntil] = useState(member?.until ?? '');
  const write = useMutation({
    mutationFn: () =>
      unwrap(
        feeds.client.PUT('/v1/alliances/{alliance}/members/{member}', {
          params: {
            path: { alliance, member: id },
            header: member ? { 'If-Match': `"${member.version}"` } : {},
          },
          body: {
            kind,
            names: names
              .split('\n')
              .map((each) => each.trim())
              .filter(Boolean),
            country,
            from,
            ...(kind === 'college' && college ? { college } : {}),
            ...(until ? { until } : {}),
          },
        }),
      ),
    onSuccess: () => {
      refresh();
      onDone();
    },
  });
  return (
    <FormFields
      actions={
        <>
          <Button kind="primary" isDisabled={!id || !from || write.isPending} onPress={() => write.mutate()}>
            {write.isPending ? words.saving : words.save}
          </Button>
          <Button onPress={onDone}>{words.cancel}</Button>
        </>
      }
    >
      {member ? null : (
        <Field
          label={words.memberId}
          hint={words.memberIdHint}
          value={id}
          onChange={(text) => setId(text.trim())}
          isRequired
        />
      )}
      <Select
        label={words.kind}
        choices={KINDS.map((key) => ({ key, name: words[key] }))}
        selected={kind}
        onSelect={(key) => setKind(key as MemberKind)}
      />
      {kind === 'college' ? (
        <Field label={words.schoolCode} value={college} onChange={(text) => setCollege(text.trim())} />
      ) : null}
      <Field label={words.names} hint={words.namesHint} value={names} onChange={setNames} rows={4} />
      <PickList
        label={words.country}
        hint={words.countryHint}
        choices={choicesOf('countries')}
        selected={country ? [country] : []}
        onChange={(chosen) => setCountry(chosen.at(-1) ?? '')}
      />
      <Field
        label={words.from}
        hint={words.dateHint}
        value={from}
        onChange={(text) => setFrom(text.trim())}
        isRequired
      />
      <Field
        label={words.until}
        hint={words.untilHint}
        value={until}
        onChange={(text) => setUntil(text.trim())}
      />
      {write.isError ? <ErrorMessage error={write.error} /> : null}
    </FormFields>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../generated/overseas';
import { fetchJson } from '../../kit/api';
import { Button } from '../../kit/Button';
import { Field } from '../../kit/Field';
import { useFormats } from '../../kit/formats';
import { Facts, FilterBar, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { writeSearch } from '../../kit/search';
import { ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './audit.module.css';
import type { AuditedService } from './filters';
import { words as auditWords } from './words';

type Verdict = components['schemas']['AuditVerdict'];

/** Recomputes the chain of hashes of one service, compared with a hash that was kept elsewhere if the reader has one. */
export function ChainVerification({ service }: { service: AuditedService }) {
  const words = useWords(auditWords);
  const [known, setKnown] = useState('');
  const [from, setFrom] = useState('');
  const verification = useMutation({
    mutationFn: () =>
      fetchJson<Verdict>(
        `/api/${service}/v1/audit/verification${writeSearch({ known: known.trim(), from: from.trim() })}`,
      ),
  });
  return (
    <Panel title={words.verify}>
      <Stack>
        <p className={styles.quiet}>{words.verifyLead}</p>
        <FilterBar>
          <Field label={words.known} value={known} onChange={setKnown} />
          <Field label={words.fromPosition} value={from} onChange={setFrom} />
          <Button isDisabled={verification.isPending} onPress={() => verification.mutate()}>
            {verification.isPending ? words.verifying : words.verify}
          </Button>
        </FilterBar>
        {verification.isError ? <ErrorMessage error={verification.error} /> : null}
        {verification.data ? <VerdictMessage verdict={verification.data} /> : null}
      </Stack>
    </Panel>
  );
}

function VerdictMessage({ verdict }: { verdict: Verdict }) {
  const words = useWords(auditWords);
  const formats = useFormats();
  const kinds = {
    changed: words.divergenceChanged,
    deleted: words.divergenceDeleted,
    inserted: words.divergenceInserted,
    'not-as-known': words.divergenceKnown,
  };
  const { divergence } = verdict;
  return (
    <StateMessage tone={verdict.verdict === 'intact' ? 'quiet' : 'alarm'}>
      <Stack>
        <p role="status">
          <strong>
            {verdict.verdict === 'intact' || !divergence
              ? `✓ ${words.intact(formats.number(verdict.entries))}`
              : `✕ ${words.broken(formats.number(divergence.position))}: ${kinds[divergence.kind]}`}
          </strong>
        </p>
        <Facts
          items={[
            { term: words.lastPosition, value: formats.number(verdict.lastPosition) },
            { term: words.lastHash, value: <code className={styles.hash}>{verdict.lastHash}</code> },
          ]}
        />
        <p className={styles.quiet}>{words.keepHash}</p>
      </Stack>
    </StateMessage>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { proofsQuery } from '../../kit/proofs';
import type { components } from '../../generated/indicators';
import { indicators, unwrap } from '../../kit/api';
import { Button } from '../../kit/Button';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { Badge, Stack } from '../../kit/Layout';
import { Panel } from '../../kit/Panel';
import { useSession } from '../../kit/session';
import { Answer, ErrorMessage, StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as healthWords } from './words';

type Proof = components['schemas']['ProofSummary'];

const RUNNING_POLL_MILLISECONDS = 1_500;
const SECOND_MILLISECONDS = 1000;

/** The newest recomputations and their verdicts; operators may start one. */
export function ProofPanel() {
  const words = useWords(healthWords);
  const session = useSession();
  const client = useQueryClient();
  const proofs = useQuery({
    ...proofsQuery,
    refetchInterval: (query) =>
      query.state.data?.running ? RUNNING_POLL_MILLISECONDS : proofsQuery.refetchInterval,
  });
  const start = useMutation({
    mutationFn: () => unwrap(indicators.client.POST('/v1/proofs')),
    onSettled: () => client.invalidateQueries({ queryKey: proofsQuery.queryKey }),
  });
  const running = Boolean(proofs.data?.running) || start.isPending;
  const action =
    session.role === 'operator' ? (
      <Button kind="primary" isDisabled={running} onPress={() => start.mutate()}>
        {words.proveNow}
      </Button>
    ) : undefined;
  return (
    <Panel title={words.proofs} actions={action}>
      <Stack>
        <p>{words.proofLead}</p>
        {running ? (
          <StateMessage>
            <p role="status">{words.proving}</p>
          </StateMessage>
        ) : null}
        {start.isError ? <ErrorMessage error={start.error} /> : null}
        <Answer query={proofs}>{(answer) => <ProofTable proofs={answer.items} />}</Answer>
      </Stack>
    </Panel>
  );
}

function ProofTable({ proofs }: { proofs: Proof[] }) {
  const words = useWords(healthWords);
  const formats = useFormats();
  const columns: Column<Proof>[] = [
    { key: 'number', head: words.number, rowHead: true, cell: (proof) => proof.number ?? '—' },
    { key: 'begun', head: words.begun, cell: (proof) => formats.moment(proof.startedAt) },
    {
      key: 'lasted',
      head: words.lasted,
      align: 'end',
      cell: (proof) => words.seconds(formats.number(secondsOf(proof))),
    },
    { key: 'by', head: words.by, cell: (proof) => proof.by || words.schedule },
    { key: 'verdict', head: words.verdict, cell: (proof) => <Verdict proof={proof} /> },
    {
      key: 'cells',
      head: words.cells,
      align: 'end',
      cell: (proof) => formats.number(proof.cells + proof.derivedValues),
    },
    { key: 'facts', head: words.facts, align: 'end', cell: (proof) => formats.number(proof.facts) },
    {
      key: 'differences',
      head: words.differences,
      align: 'end',
      cell: (proof) => formats.number(proof.differences + proof.derivedDifferences),
    },
    {
      key: 'seal',
      head: words.seal,
      cell: (proof) => (proof.intact === null ? '—' : proof.intact ? words.intact : words.broken),
    },
  ];
  return (
    <DataTable
      caption={words.proofs}
      captionHidden
      columns={columns}
      rows={proofs}
      rowKey={(proof) => proof.id}
    />
  );
}

function secondsOf(proof: Proof): number | null {
  if (!proof.finishedAt) return null;
  return (
    Math.round((Date.parse(proof.finishedAt) - Date.parse(proof.startedAt)) / (SECOND_MILLISECONDS / 10)) / 10
  );
}

function Verdict({ proof }: { proof: Proof }) {
  const words = useWords(healthWords);
  const tone = proof.verdict === 'proved' ? 'proved' : proof.verdict === 'differs' ? 'alarm' : 'quiet';
  return (
    <>
      <Badge tone={tone}>
        {proof.verdict === 'proved' ? '✓ ' : ''}
        {words[proof.verdict]}
      </Badge>
      {proof.candidate ? ` ${words.candidate}` : null}
      {proof.reason ? ` ${proof.reason}` : null}
    </>
  );
}

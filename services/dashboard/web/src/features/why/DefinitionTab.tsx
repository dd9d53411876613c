import { Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../kit/DataTable';
import { useFormats } from '../../kit/formats';
import { useName } from '../../kit/language';
import { useWords } from '../../kit/words';
import { parseSearch } from '../../kit/search';
import type { Answer, Component } from '../../kit/figures/answer';
import { useDefinition, useDefinitions } from '../../kit/figures/useFigure';
import { PublishedLines } from './PublishedLines';
import type { WhyState } from '../../kit/figures/whyState';
import styles from './why.module.css';
import { words } from './words';

/** What the figure counts, what the value is derived from, and what was published about it. */
export function DefinitionTab({ state, answer }: { state: WhyState; answer: Answer }) {
  const text = useWords(words);
  const name = useName();
  const formats = useFormats();
  const definition = useDefinition(state.code);
  const figures = useDefinitions();
  const nameOf = (code: string) => {
    const found = figures.data?.items.find((figure) => figure.code === code);
    return found ? name(found.name) : code;
  };
  const isFigure = (code: string) => figures.data?.items.some((figure) => figure.code === code) ?? false;
  const columns: Column<Component>[] = [
    {
      key: 'role',
      head: text.role,
      rowHead: true,
      cell: (part) => part.role.split('.').map(text.roleNames).join(' · '),
    },
    {
      key: 'figure',
      head: text.figure,
      cell: (part) =>
        isFigure(part.indicator) ? (
          <Link
            to="/why/$code"
            params={{ code: part.indicator }}
            search={{ ...parseSearch(part.query ?? ''), to: state.to, tab: 'records' } as never}
          >
            {nameOf(part.indicator)}
          </Link>
        ) : (
          part.indicator
        ),
    },
    { key: 'value', head: text.value, align: 'end', cell: (part) => formats.number(part.value) },
  ];
  return (
    <div className={styles.tab}>
      {definition.data ? (
        <p>
          {definition.data.version === answer.indicator.version
            ? null
            : text.derivationNow(definition.data.version)}
          {name(definition.data.derivation)}
        </p>
      ) : null}
      <p className={styles.quiet}>{text.codeAndVersion(answer.indicator.code, answer.indicator.version)}</p>
      {answer.components?.length ? (
        <DataTable
          caption={text.composedOf}
          columns={columns}
          rows={answer.components}
          rowKey={(part) => `${part.role}:${part.indicator}:${part.query}`}
        />
      ) : null}
      <PublishedLines code={state.code} isPast={state.to !== undefined} />
    </div>
  );
}

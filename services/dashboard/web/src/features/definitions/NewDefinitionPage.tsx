import { Link } from '@tanstack/react-router';
import { PageTitle } from '../../kit/Layout';
import { useSession } from '../../kit/session';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { RehearsalForm } from './RehearsalForm';
import { words as definitionWords } from './words';

/** Rehearsal of a figure that does not exist yet. */
export function NewDefinitionPage() {
  const words = useWords(definitionWords);
  const { role } = useSession();
  return (
    <>
      <PageTitle back={<Link to="/definitions">← {words.back}</Link>} title={words.newDefinition} />
      {role === 'operator' || role === 'auditor' ? (
        <RehearsalForm />
      ) : (
        <StateMessage>
          <p>{words.staffOnly}</p>
        </StateMessage>
      )}
    </>
  );
}

import { PageTitle } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { DeadLetterPanel } from './DeadLetterPanel';
import { ProofPanel } from './ProofPanel';
import { ServicePanel } from './ServicePanel';
import { words as healthWords } from './words';

/** Whether every service does its work, and whether the figures are right. */
export function HealthPage() {
  const words = useWords(healthWords);
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      <ServicePanel />
      <ProofPanel />
      <DeadLetterPanel />
    </>
  );
}

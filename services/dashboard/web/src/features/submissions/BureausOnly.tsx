import { Link } from '@tanstack/react-router';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import { words as sendWords } from './sendWords';

/** For everybody else the page says who sends files. */
export function BureausOnly() {
  const words = useWords(sendWords);
  return (
    <>
      <h1>{words.title}</h1>
      <StateMessage actions={<Link to="/bureaus">{words.toBureaus}</Link>}>
        <p>{words.bureausOnly}</p>
      </StateMessage>
    </>
  );
}

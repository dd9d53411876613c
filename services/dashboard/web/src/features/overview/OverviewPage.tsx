import { useQuery } from '@tanstack/react-query';
import { indicators } from '../../kit/api';
import { useName } from '../../kit/language';
import { Answer } from '../../kit/StateMessage';

export function OverviewPage() {
  const name = useName();
  const figures = useQuery(indicators.read('/v1/indicators'));
  return (
    <Answer query={figures}>
      {(answer) => (
        <ul>
          {answer.items.map((figure) => (
            <li key={figure.code}>{name(figure.name)}</li>
          ))}
        </ul>
      )}
    </Answer>
  );
}

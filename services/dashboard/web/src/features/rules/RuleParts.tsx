import type { components } from '../../generated/overseas';
import { Badge } from '../../kit/Layout';
import { useWords } from '../../kit/words';
import { words as ruleWords } from './words';

type Rule = components['schemas']['Rule'];

export function SeverityBadge({ severity }: { severity: Rule['severity'] }) {
  const words = useWords(ruleWords);
  return severity === 'refuse' ? (
    <Badge>✕ {words.refuse}</Badge>
  ) : (
    <Badge tone="caution">△ {words.warn}</Badge>
  );
}

/** The days on which a rule is in force. */
export function RuleDays({ rule }: { rule: Rule }) {
  const words = useWords(ruleWords);
  const days = [rule.from ? words.since(rule.from) : '', rule.until ? words.until(rule.until) : ''].filter(
    Boolean,
  );
  return <>{days.length === 0 ? words.always : days.join(' ')}</>;
}

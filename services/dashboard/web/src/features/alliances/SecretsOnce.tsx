import { useState } from 'react';
import { Button } from '../../kit/Button';
import { Stack } from '../../kit/Layout';
import { StateMessage } from '../../kit/StateMessage';
import { useWords } from '../../kit/words';
import styles from './alliances.module.css';
import { words as allianceWords } from './words';

interface NewSecret {
  kid: string;
  algorithm: string;
  secret?: string | null;
  publicKey?: string | null;
}

/** New secrets, shown once: they are in no answer afterwards. */
export function SecretsOnce({ secrets, onDone }: { secrets: readonly NewSecret[]; onDone: () => void }) {
  const words = useWords(allianceWords);
  return (
    <Stack>
      <StateMessage tone="caution">
        <p role="alert">{words.secretOnce}</p>
      </StateMessage>
      {secrets.map((each) => (
        <SecretText
          key={each.kid}
          title={`${each.algorithm} · ${each.kid} · ${each.secret ? words.secret : words.publicKey}`}
          text={each.secret ?? each.publicKey ?? ''}
        />
      ))}
      <p>
        <Button kind="primary" onPress={onDone}>
          {words.savedIt}
        </Button>
      </p>
    </Stack>
  );
}

function SecretText({ title, text }: { title: string; text: string }) {
  const words = useWords(allianceWords);
  const [copied, setCopied] = useState(false);
  return (
    <Stack>
      <h3>{title}</h3>
      <code className={styles.secret}>{text}</code>
      <p>
        <Button onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? `✓ ${words.copied}` : words.copy}
        </Button>
      </p>
    </Stack>
  );
}

import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../kit/Button';
import { changeDigitMode, useFormats } from '../kit/formats';
import { changeLanguage, useLanguage } from '../kit/language';
import { Select } from '../kit/Select';
import { signOut, type Role, type Session } from '../kit/session';
import { useWords } from '../kit/words';
import { LiveLamp } from './LiveLamp';
import { LinkMenu } from './LinkMenu';
import { MomentMenu } from './MomentMenu';
import { readsFigures, watchesFigures } from '../kit/proofs';
import { SearchButton } from './SearchButton';
import styles from './Shell.module.css';
import { changeTheme, readTheme, type Theme } from '../kit/theme';
import { words as appWords } from './words';

/** The head of every page: name, state, search, language, settings and person. */
export function PageHead({ session, kiosk }: { session: Session; kiosk: boolean }) {
  const words = useWords(appWords);
  return (
    <header className={styles.head}>
      <Link to="/" className={styles.brand}>
        {words.voyage}
      </Link>
      {watchesFigures(session) ? <LiveLamp session={session} /> : null}
      <span className={styles.space} />
      {kiosk ? null : <HeadControls session={session} />}
    </header>
  );
}

function HeadControls({ session }: { session: Session }) {
  return (
    <>
      {readsFigures(session) ? <SearchButton session={session} /> : null}
      {watchesFigures(session) ? <MomentMenu /> : null}
      <LinkMenu />
      <LanguageSwitch />
      <Settings session={session} />
    </>
  );
}

function LanguageSwitch() {
  const words = useWords(appWords);
  const language = useLanguage();
  const router = useRouter();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      kind="plain"
      onPress={() => {
        changeLanguage(other);
        void router.navigate({ to: '.', search: true, replace: true });
      }}
    >
      <span lang={other === 'zh' ? 'zh-Hans' : 'en'}>{words.otherLanguage}</span>
    </Button>
  );
}

function Settings({ session }: { session: Session }) {
  const words = useWords(appWords);
  const { digits } = useFormats();
  const [theme, setTheme] = useState<Theme>(readTheme);
  const roles: Record<Role, string> = {
    operator: words.roleOperator,
    auditor: words.roleAuditor,
    'privacy-officer': words.rolePrivacy,
    bureau: words.roleBureau,
    alliance: words.roleAlliance,
  };
  const scope = session.province ?? session.alliance;
  return (
    <DialogTrigger>
      <Button aria-label={`${words.settings}: ${session.name}`}>{session.name} ▾</Button>
      <Popover className={styles.settings!} placement="bottom end">
        <Dialog aria-label={words.settings} className={styles.settingsBody!}>
          <p>
            {session.name}
            <br />
            <span className={styles.quiet}>
              {roles[session.role]} {scope}
            </span>
          </p>
          <Select
            label={words.theme}
            selected={theme}
            choices={(['system', 'light', 'dark'] as const).map((key) => ({ key, name: words[key] }))}
            onSelect={(key) => {
              changeTheme(key as Theme);
              setTheme(key as Theme);
            }}
          />
          <Select
            label={words.digits}
            selected={digits}
            choices={[
              { key: 'short', name: words.digitsShort },
              { key: 'full', name: words.digitsFull },
            ]}
            onSelect={(key) => changeDigitMode(key === 'full' ? 'full' : 'short')}
          />
          <Button onPress={() => void signOut()}>{words.signOut}</Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../kit/Button';
import type { Session } from '../kit/session';
import { useWords } from '../kit/words';
import { words as appWords } from './words';

const SearchDialog = lazy(async () => ({
  default: (await import('../features/search/SearchDialog')).SearchDialog,
}));

/** Opens the search; so do / and Ctrl+K. */
export function SearchButton({ session }: { session: Session }) {
  const words = useWords(appWords);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // The search passes the keys of its field on to its results, so the target does not say where one types.
      const typing = document.activeElement?.closest('input, textarea, [contenteditable]');
      const wanted =
        (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) ||
        (event.key === 'k' && (event.ctrlKey || event.metaKey));
      if (!wanted) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-keyshortcuts="/">
        {words.search} /
      </Button>
      <Suspense>{isOpen ? <SearchDialog session={session} onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}

import { useRouter } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import kit from '../../kit/components.module.css';
import type { Session } from '../../kit/session';
import { useWords } from '../../kit/words';
import { findTargets, isNameOf, type Target } from './findTargets';
import styles from './search.module.css';
import { useRecordTargets, useSubmissionTargets, useTargets } from './useTargets';
import { words as searchWords } from './words';

/** Finds figures, places, pages and records; arrows and Enter go to them. */
export function SearchDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const words = useWords(searchWords);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className={kit.overlay!}>
      <Modal className={styles.modal!}>
        <Dialog aria-label={words.title} className={styles.dialog!}>
          <SearchBody session={session} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function SearchBody({ session, onClose }: { session: Session; onClose: () => void }) {
  const words = useWords(searchWords);
  const router = useRouter();
  const [text, setText] = useState('');
  const settled = useDeferredValue(text);
  const named = findTargets(useTargets(session), settled);
  const records = useRecordTargets(session, settled);
  const submissions = useSubmissionTargets(session, settled);
  const found: Target[] = [
    ...named.filter((target) => isNameOf(target, settled)),
    ...records.targets,
    ...named.filter((target) => !isNameOf(target, settled)),
    ...submissions,
  ];
  const go = (target: Target) => {
    onClose();
    void router.navigate({ to: target.path as '/', search: (target.search ?? {}) as never });
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={words.title} autoFocus className={styles.field!}>
        <Input className={kit.input!} placeholder={words.placeholder} />
      </SearchField>
      <Menu
        aria-label={words.title}
        className={styles.results!}
        items={found}
        onAction={(id) => {
          const target = found.find((each) => each.id === id);
          if (target) go(target);
        }}
        renderEmptyState={() => (
          <p className={styles.nothing}>{records.isPending ? words.searching : words.nothing}</p>
        )}
      >
        {(target) => (
          <MenuItem id={target.id} textValue={target.name} className={kit.option!}>
            <span className={styles.kind}>{words[target.kind]}</span> {target.name}
            {target.detail ? <span className={styles.detail}> {target.detail}</span> : null}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}

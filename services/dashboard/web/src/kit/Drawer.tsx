import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button';
import styles from './components.module.css';
import { kitWords } from './kitWords';
import { useWords } from './words';

/** Details over the page, at its end; the page stays where it is. */
export function Drawer({
  title,
  isOpen,
  onClose,
  children,
}: {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const words = useWords(kitWords);
  return (
    <ModalOverlay
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      className={styles.overlay!}
    >
      <Modal className={styles.drawer!}>
        <Dialog>
          <div className={styles.drawerHead}>
            <Heading slot="title">{title}</Heading>
            <Button slot="close">{words.close}</Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import { useSyncExternalStore } from 'react';

let announced = false;

/** Browsers announce printing by events, by the media query, or by both. */
function isPrinting(): boolean {
  return announced || matchMedia('print').matches;
}

function subscribe(notify: () => void): () => void {
  const begin = () => {
    announced = true;
    notify();
  };
  const end = () => {
    announced = false;
    notify();
  };
  const media = matchMedia('print');
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  media.addEventListener('change', notify);
  return () => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
    media.removeEventListener('change', notify);
  };
}

/** Whether the page is on its way to paper, where nothing scrolls and no control works. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, isPrinting);
}

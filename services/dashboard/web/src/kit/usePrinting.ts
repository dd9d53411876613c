import { useSyncExternalStore } from 'react';

let announced = false;
let paper: MediaQueryList | undefined;

/** Browsers announce printing by events, by the media query, or by both. */
function isPrinting(): boolean {
  paper ??= matchMedia('print');
  return announced || paper.matches;
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

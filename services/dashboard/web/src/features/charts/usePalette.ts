import { useEffect, useState } from 'react';
import type { Palette } from './palette';

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: colour('--ink'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    paper: colour('--paper'),
    series: Array.from({ length: 8 }, (_, at) => colour(`--series-${at + 1}`)),
  };
}

/** The colours of the page now; they are others when the theme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const update = () => setPalette(readPalette());
    const themes = new MutationObserver(update);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', update);
    return () => {
      themes.disconnect();
      system.removeEventListener('change', update);
    };
  }, []);
  return palette;
}

/** Whether a media query holds, such as that of a phone. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = () => setHolds(media.matches);
    media.addEventListener('change', update);
    update();
    return () => media.removeEventListener('change', update);
  }, [query]);
  return holds;
}

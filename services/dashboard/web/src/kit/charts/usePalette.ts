import { useEffect, useState } from 'react';
import type { Palette } from './palette';

/** Reads the colours from an element that has them: a token alone may be a choice of two. */
function readPalette(): Palette {
  const sample = document.body.appendChild(document.createElement('span'));
  sample.hidden = true;
  const colour = (name: string) => {
    sample.style.color = `var(${name})`;
    return getComputedStyle(sample).color;
  };
  const palette = {
    ink: colour('--ink'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    paper: colour('--paper'),
    series: Array.from({ length: 8 }, (_, at) => colour(`--series-${at + 1}`)),
  };
  sample.remove();
  return palette;
}

/** The colours of the page now; they are others when the theme changes, and on paper. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const update = () => setPalette(readPalette());
    const themes = new MutationObserver(update);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const others = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('print')];
    others.forEach((media) => media.addEventListener('change', update));
    return () => {
      themes.disconnect();
      others.forEach((media) => media.removeEventListener('change', update));
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

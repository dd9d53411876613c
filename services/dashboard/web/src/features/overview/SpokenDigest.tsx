import { useEffect, useRef, useState } from 'react';
import { Button } from '../../kit/Button';
import { useFormats } from '../../kit/formats';
import { useName, type Named } from '../../kit/language';
import { readValue } from '../../kit/live/liveStore';
import { partialYear } from '../../kit/live/messages';
import { useWords } from '../../kit/words';
import { words as overviewWords } from './words';

const PAUSE_MILLISECONDS = 10_000;
const SPOKEN_FIGURES = 5;

/** Says to a screen reader which totals have moved, at most every ten seconds, and only when the reader wants it. */
export function SpokenDigest({ figureNames }: { figureNames: ReadonlyMap<string, Named> }) {
  const words = useWords(overviewWords);
  const formats = useFormats();
  const name = useName();
  const [isOn, setOn] = useState(false);
  const [text, setText] = useState('');
  const said = useRef(0);
  const compose = () => {
    const moved = [...figureNames].flatMap(([code, figure]) => {
      const live = readValue(code, {});
      if (!live || live.movedAt <= said.current) return [];
      const year = partialYear(live.change);
      const value = formats.number(live.change.value);
      return [words.digestLine(name(figure), value, year === null ? '' : words.toDate(year))];
    });
    said.current = Date.now();
    if (moved.length > 0)
      setText(moved.slice(0, SPOKEN_FIGURES).join(formats.language === 'zh' ? '；' : '; '));
  };
  const latest = useRef(compose);
  useEffect(() => {
    latest.current = compose;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    said.current = Date.now();
    const timer = setInterval(() => latest.current(), PAUSE_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isOn]);
  return (
    <>
      <Button onPress={() => setOn(!isOn)}>{isOn ? words.noDigest : words.digest}</Button>
      <span className="visually-hidden" aria-live="polite">
        {isOn ? text : ''}
      </span>
    </>
  );
}

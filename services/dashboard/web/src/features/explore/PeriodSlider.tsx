import { useEffect, useState } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { Button } from '../../kit/Button';
import { useWords } from '../../kit/words';
import styles from './explore.module.css';
import type { ExploreSearch } from './exploreSearch';
import { words } from './words';

interface PeriodSliderProps {
  periods: string[];
  period: string;
  formatPeriod: (period: string) => string;
  onChange: (changed: Partial<ExploreSearch>) => void;
}

const STEP_MILLISECONDS = 1200;

/** The clock of when something was true, for a picture of one period: a slider that can play. */
export function PeriodSlider({ periods, period, formatPeriod, onChange }: PeriodSliderProps) {
  const text = useWords(words);
  const [playing, setPlaying] = useState(false);
  const at = Math.max(0, periods.indexOf(period));
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at >= periods.length - 1) setPlaying(false);
      else onChange({ at: periods[at + 1] });
    }, STEP_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [playing, at, periods, onChange]);
  const toggle = () => {
    if (!playing && at >= periods.length - 1) onChange({ at: periods[0] });
    setPlaying(!playing);
  };
  return (
    <div className={styles.period}>
      <Button aria-pressed={playing} onPress={toggle}>
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span> {playing ? text.stop : text.play}
      </Button>
      <Slider
        className={styles.slider ?? ''}
        value={at}
        minValue={0}
        maxValue={Math.max(1, periods.length - 1)}
        onChange={(value) => onChange({ at: periods[Number(value)] })}
      >
        <Label>{text.year}</Label>
        <SliderOutput>{formatPeriod(period)}</SliderOutput>
        <SliderTrack className={styles.track ?? ''}>
          <SliderThumb className={styles.thumb ?? ''} />
        </SliderTrack>
      </Slider>
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import styles from './charts.module.css';

/** Points of the canvas for each of the page, so that a saved picture is sharp. */
const SHARPNESS = 2;

/**
 * A picture on a canvas. It is made once and only updated, so that it never flashes; the library comes with the first one. What it
 * shows is said by `label`; the table next to it is what a keyboard and a screen reader reach.
 */
export function Chart({
  option,
  label,
  height,
}: {
  option: EChartsCoreOption;
  label: string;
  height: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);

  useEffect(() => {
    let gone = false;
    let made: EChartsType | null = null;
    let sizes: ResizeObserver | null = null;
    void import('./engine').then(({ init }) => {
      if (gone || !place.current) return;
      const instance = init(place.current, undefined, {
        renderer: 'canvas',
        devicePixelRatio: Math.max(SHARPNESS, window.devicePixelRatio),
      });
      made = instance;
      sizes = new ResizeObserver(() => instance.resize());
      sizes.observe(place.current);
      setChart(instance);
    });
    return () => {
      gone = true;
      sizes?.disconnect();
      made?.dispose();
    };
  }, []);

  useEffect(() => {
    chart?.setOption(option, {
      replaceMerge: ['series', 'grid', 'xAxis', 'yAxis', 'title'],
      lazyUpdate: true,
    });
  }, [chart, option]);

  return <div ref={place} role="img" aria-label={label} className={styles.canvas} style={{ height }} />;
}

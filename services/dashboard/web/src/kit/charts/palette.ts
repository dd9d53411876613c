/** The colours that a chart takes from the page, so that it follows the theme. */
export interface Palette {
  ink: string;
  quiet: string;
  line: string;
  paper: string;
  series: string[];
}

/** Patterns of lines, so that no series differs by its colour alone. */
export const DASHES: (string | number[])[] = [
  'solid',
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [12, 4],
  [4, 2, 1, 2],
  [1, 3],
  [10, 2],
];

/** The most series that a reader can keep apart; the rest is drawn as others. */
export const MOST_SERIES = 8;

/** A tile of diagonal strokes, for values that are not reported. */
export function hatch(colour: string): HTMLCanvasElement | null {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const context = tile.getContext('2d');
  if (!context) return null;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (const shift of [-8, 0, 8]) {
    context.moveTo(shift, 8);
    context.lineTo(shift + 8, 0);
  }
  context.stroke();
  return tile;
}

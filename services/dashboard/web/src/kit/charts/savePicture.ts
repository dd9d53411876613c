import { paintElement } from './paint';

/** What stands around a saved picture, so that it explains itself wherever it is shown. */
export interface Caption {
  title: string;
  subtitle: string;
  notes: string[];
}

const EDGE = 24;
const SCALE = 2;

/** Saves a part of the page as a PNG file, with its title above and the moment, source and notes below. */
export async function savePicture(part: Element, caption: Caption, file: string): Promise<void> {
  const page = getComputedStyle(document.body);
  const width = part.getBoundingClientRect().width;
  const canvas = document.createElement('canvas');
  const painter = canvas.getContext('2d');
  if (!painter) return;
  const wrap = (text: string, font: string) => {
    painter.font = font;
    return wrapText(text, width, (part) => painter.measureText(part).width);
  };
  const fonts = { title: `600 20px ${page.fontFamily}`, small: `13px ${page.fontFamily}` };
  const title = wrap(caption.title, fonts.title);
  const subtitle = wrap(caption.subtitle, fonts.small);
  const notes = caption.notes.flatMap((note) => wrap(note, fonts.small));
  const top = EDGE + title.length * 28 + subtitle.length * 20 + 12;
  const height = top + part.getBoundingClientRect().height + 12 + notes.length * 20 + EDGE;
  canvas.width = (width + 2 * EDGE) * SCALE;
  canvas.height = height * SCALE;
  painter.scale(SCALE, SCALE);
  painter.fillStyle = page.backgroundColor;
  painter.fillRect(0, 0, width + 2 * EDGE, height);
  paintElement(part, painter, EDGE, top);
  painter.textBaseline = 'top';
  painter.fillStyle = page.color;
  const write = (lines: string[], font: string, start: number, step: number) => {
    painter.font = font;
    lines.forEach((line, at) => painter.fillText(line, EDGE, start + at * step));
  };
  write(title, fonts.title, EDGE, 28);
  write(subtitle, fonts.small, EDGE + title.length * 28, 20);
  write(notes, fonts.small, height - EDGE - notes.length * 20, 20);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) download(blob, file);
}

/** Breaks a text into lines that are no wider than `width`; at spaces where there are some, else between characters. */
export function wrapText(text: string, width: number, measure: (part: string) => number): string[] {
  const pieces = text.match(/[ -~]+? |[ -~]+|[^ -~]/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line && measure(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  if (line.trim()) lines.push(line.trimEnd());
  return lines;
}

function download(blob: Blob, file: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

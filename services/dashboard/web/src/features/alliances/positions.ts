export interface CopyPosition {
  position: string;
  chain: string;
}

export type CopyReading = { copies: CopyPosition[] } | { wrongLine: number };

const LINE = /^([1-9][0-9]{0,8}-[0-9]{16})[\s,，]+(sha256:[0-9a-f]{64})$/;

/** Reads positions and chains, one pair a line; empty lines do not count. The first wrong line is named, counted from 1. */
export function readCopies(text: string): CopyReading {
  const copies: CopyPosition[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parts = LINE.exec(line.trim());
    if (!parts) return { wrongLine: index + 1 };
    copies.push({ position: parts[1]!, chain: parts[2]! });
  }
  return { copies };
}

/** A position without the zeros that fill it: 1-412. */
export function shortenPosition(position: string | null | undefined): string {
  if (!position) return '—';
  return position.replace(/-0*(\d)/, '-$1');
}

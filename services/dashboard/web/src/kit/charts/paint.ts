/** One step of a picture of a part of the page, painted by hand: images from addresses are refused by the page's own policy. */
type Painter = CanvasRenderingContext2D;

/**
 * Paints a part of the page, as it looks now, onto a canvas: backgrounds, borders, bars, text, shapes of SVG, and other canvases.
 * Coordinates are those of the page minus the corner of `root`.
 */
export function paintElement(root: Element, painter: Painter, left: number, top: number): void {
  const corner = root.getBoundingClientRect();
  const toX = (x: number) => x - corner.left + left;
  const toY = (y: number) => y - corner.top + top;
  const visit = (element: Element) => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || element.hasAttribute('data-screen-only'))
      return;
    const box = element.getBoundingClientRect();
    if (element instanceof HTMLCanvasElement) {
      if (box.width > 0) painter.drawImage(element, toX(box.left), toY(box.top), box.width, box.height);
      return;
    }
    if (element instanceof SVGGeometryElement) paintShape(element, style, painter, toX, toY);
    else paintBox(box, style, painter, toX, toY);
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child);
      else if (child instanceof Text) paintText(child, style, painter, toX, toY);
    }
  };
  visit(root);
}

type Shift = (position: number) => number;

function paintBox(box: DOMRect, style: CSSStyleDeclaration, painter: Painter, toX: Shift, toY: Shift): void {
  if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') {
    painter.fillStyle = style.backgroundColor;
    painter.fillRect(toX(box.left), toY(box.top), box.width, box.height);
  }
  const width = parseFloat(style.borderBottomWidth);
  if (width > 0 && style.borderBottomStyle !== 'none') {
    painter.fillStyle = style.borderBottomColor;
    painter.fillRect(toX(box.left), toY(box.bottom) - width, box.width, width);
  }
}

function paintShape(
  shape: SVGGeometryElement,
  style: CSSStyleDeclaration,
  painter: Painter,
  toX: Shift,
  toY: Shift,
): void {
  const matrix = shape.getScreenCTM();
  if (!matrix) return;
  painter.save();
  painter.translate(toX(0), toY(0));
  painter.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  painter.globalAlpha = Number(style.opacity);
  const path = pathOf(shape);
  if (style.fill !== 'none' && !style.fill.startsWith('url')) {
    painter.fillStyle = style.fill;
    painter.fill(path);
  }
  if (style.stroke !== 'none') {
    painter.strokeStyle = style.stroke;
    painter.lineWidth = parseFloat(style.strokeWidth);
    painter.stroke(path);
  }
  painter.restore();
}

function pathOf(shape: SVGGeometryElement): Path2D {
  const path = new Path2D(shape instanceof SVGPathElement ? (shape.getAttribute('d') ?? '') : '');
  if (shape instanceof SVGCircleElement)
    path.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 2 * Math.PI);
  if (shape instanceof SVGRectElement)
    path.rect(
      shape.x.baseVal.value,
      shape.y.baseVal.value,
      shape.width.baseVal.value,
      shape.height.baseVal.value,
    );
  if (shape instanceof SVGLineElement) {
    path.moveTo(shape.x1.baseVal.value, shape.y1.baseVal.value);
    path.lineTo(shape.x2.baseVal.value, shape.y2.baseVal.value);
  }
  return path;
}

function paintText(text: Text, style: CSSStyleDeclaration, painter: Painter, toX: Shift, toY: Shift): void {
  if (!text.data.trim()) return;
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = [...range.getClientRects()];
  const first = lines[0];
  if (!first || first.width < 2) return;
  painter.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  painter.fillStyle = style.fill && text.parentElement instanceof SVGElement ? style.fill : style.color;
  painter.textBaseline = 'middle';
  for (const [at, part] of splitLines(text, lines.length).entries()) {
    const line = lines[at];
    if (line) painter.fillText(part, toX(line.left), toY(line.top + line.height / 2));
  }
}

/** The text as it is broken into lines; a text of one line is left whole. */
function splitLines(text: Text, count: number): string[] {
  if (count <= 1) return [text.data.trim()];
  const range = document.createRange();
  const lines: string[] = [];
  let top: number | null = null;
  for (let at = 0; at < text.data.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const box = range.getBoundingClientRect();
    if (top === null || box.top - top > box.height / 2) {
      lines.push('');
      top = box.top;
    }
    lines.push((lines.pop() ?? '') + text.data.charAt(at));
  }
  return lines;
}

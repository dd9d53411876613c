/** Forms that no page may contain: names of places that are not lawful here, and what would bring them in. */
const FORBIDDEN = [
  /\bDisplayNames\b/,
  /mainland china/i,
  /\btibet\b/i,
  /republic of china/i,
  /中华民国/,
  /Taiwan(?! of China|,? (Province|China)| are not available)/,
  /来华.{0,6}港澳台|港澳台.{0,6}来华/,
];

/** The forbidden forms in a text, the first of each kind. */
export function findForbidden(text: string): string[] {
  return FORBIDDEN.flatMap((form) => form.exec(text)?.[0] ?? []);
}

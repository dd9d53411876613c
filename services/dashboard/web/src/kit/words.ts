import { useLanguage, type Language } from './language';

type Word = string | ((...values: never[]) => string);
type Words = Record<string, Word>;

/** The same words in the other language: as many keys, and functions of the same values. */
type Twin<W extends Words> = {
  [Key in keyof W]: W[Key] extends (...values: infer V) => string ? (...values: V) => string : string;
};

/** Words of a feature in both languages. */
export type Catalogue<W extends Words = Words> = Record<Language, Twin<W>>;

type Exactly<W extends Words, T> = T & { [Key in Exclude<keyof T, keyof W>]: never };

/**
 * Defines words in Chinese and English. A key that one language lacks, or has in excess, does not compile.
 */
export function defineWords<const W extends Words, T extends Twin<W>>(words: {
  zh: W;
  en: Exactly<W, T>;
}): Catalogue<W> {
  return words as unknown as Catalogue<W>;
}

/** The words in the language of the page. */
export function useWords<W extends Words>(words: Catalogue<W>): Twin<W> {
  return words[useLanguage()];
}

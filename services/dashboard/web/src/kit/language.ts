import { useSyncExternalStore } from 'react';

/** A language of the pages: Chinese has no prefix in addresses, English has /en. */
export type Language = 'zh' | 'en';

const ENGLISH_PREFIX = /^\/en(?=\/|$)/;
const listeners = new Set<() => void>();
let current: Language = 'zh';

export function readLanguage(path: string): Language {
  return ENGLISH_PREFIX.test(path) ? 'en' : 'zh';
}

/** The path as the routes know it, without the prefix of a language. */
export function removeLanguage(path: string): string {
  return path.replace(ENGLISH_PREFIX, '') || '/';
}

/** The path as the address bar shows it. */
export function addLanguage(path: string, language: Language): string {
  return language === 'en' ? `/en${path === '/' ? '' : path}` : path;
}

export function currentLanguage(): Language {
  return current;
}

export function changeLanguage(language: Language): void {
  current = language;
  if (typeof document !== 'undefined') {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  }
  listeners.forEach((notify) => notify());
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** A name that an API gives in both languages. */
export interface Named {
  zh: string;
  en: string;
}

/** Chooses the language of a name that came from an API. */
export function useName(): (name: Named) => string {
  const language = useLanguage();
  return (name) => name[language];
}

import { applyTheme, readTheme } from '../kit/theme';
import type { Language } from '../kit/language';
import { SERVICES, serviceName } from '../kit/serviceNames';
import '../styles/tokens.css';
import './reference.css';
import { loadRenderer } from './renderer';
import { words } from './words';

/** Addresses of the documents by their paths: service, kind (openapi or asyncapi) and language. */
const DOCUMENTS = import.meta.glob<string>('../generated/reference/*.json', {
  query: '?url',
  import: 'default',
  eager: true,
});

const language: Language = location.pathname.startsWith('/en/') ? 'en' : 'zh';
const own = words[language];

function findLink(id: string): HTMLAnchorElement {
  return document.getElementById(id) as HTMLAnchorElement;
}

function writeHead(): void {
  document.documentElement.lang = own.tag;
  document.title = own.title;
  const home = findLink('home');
  home.textContent = own.home;
  home.href = language === 'en' ? '/en' : '/';
  const other = findLink('other-language');
  other.textContent = own.otherLanguage;
  other.lang = words[language === 'en' ? 'zh' : 'en'].tag;
  other.href = language === 'en' ? '/reference' : '/en/reference';
  // The place in the document is in the address, and changes with every scroll.
  other.addEventListener('click', () => (other.href = other.pathname + location.search + location.hash));
}

/** The documents of all services: first the APIs, then the events. */
function listSources(): { title: string; slug: string; url: string }[] {
  return (['openapi', 'asyncapi'] as const).flatMap((kind) =>
    SERVICES.map((service) => {
      const name = serviceName(service, language);
      return {
        title: kind === 'openapi' ? own.api(name) : own.events(name),
        slug: kind === 'openapi' ? service : `${service}-events`,
        url: DOCUMENTS[`../generated/reference/${service}.${kind}.${language}.json`]!,
      };
    }),
  );
}

function isDark(): boolean {
  const theme = readTheme();
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}

applyTheme(readTheme());
writeHead();
const renderer = await loadRenderer();
renderer.createApiReference('#reference', {
  sources: listSources(),
  localization: { locale: own.locale },
  modelsSectionLabel: own.models,
  setPageTitle: ({ document: shown }: { document: { title: string } }) => `${shown.title} · ${own.title}`,
  forceDarkModeState: isDark() ? 'dark' : 'light',
  hideDarkModeToggle: true,
  theme: 'none',
  // Reading only: each service's own page at /docs/ sends requests. Nothing leaves this origin.
  hideTestRequestButton: true,
  hideClientButton: true,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
});

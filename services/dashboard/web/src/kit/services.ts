import { useLanguage, type Language, type Named } from './language';
import type { ServiceName } from './api';

/** The services in the words of the pages. */
const NAMES: Record<ServiceName, Named> = {
  mobility: { zh: '人员往来', en: 'Mobility' },
  cooperation: { zh: '合作办学', en: 'Cooperation' },
  overseas: { zh: '境外办学', en: 'Overseas' },
  standards: { zh: '标准与认证', en: 'Standards' },
  indicators: { zh: '统计指标', en: 'Indicators' },
  feeds: { zh: '联盟订阅', en: 'Feeds' },
};

export function serviceName(service: string, language: Language): string {
  return service in NAMES ? NAMES[service as ServiceName][language] : service;
}

/** Services as choices of a list. */
export function useServiceChoices(services: readonly ServiceName[]): { key: string; name: string }[] {
  const language = useLanguage();
  return services.map((key) => ({ key, name: serviceName(key, language) }));
}

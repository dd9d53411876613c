import type { ServiceName } from './api';
import type { Language, Named } from './language';

/** The services in the words of the pages. */
const NAMES: Record<ServiceName, Named> = {
  mobility: { zh: '人员往来', en: 'Mobility' },
  cooperation: { zh: '合作办学', en: 'Cooperation' },
  overseas: { zh: '境外办学', en: 'Overseas' },
  standards: { zh: '标准与认证', en: 'Standards' },
  indicators: { zh: '统计指标', en: 'Indicators' },
  feeds: { zh: '联盟订阅', en: 'Feeds' },
};

/** Names of all services, in their order. */
export const SERVICES = Object.keys(NAMES);

export function serviceName(service: string, language: Language): string {
  return service in NAMES ? NAMES[service as ServiceName][language] : service;
}

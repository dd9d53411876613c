import { useLanguage } from './language';
import { serviceName } from './serviceNames';
import type { ServiceName } from './api';

export { serviceName };

/** Services as choices of a list. */
export function useServiceChoices(services: readonly ServiceName[]): { key: string; name: string }[] {
  const language = useLanguage();
  return services.map((key) => ({ key, name: serviceName(key, language) }));
}

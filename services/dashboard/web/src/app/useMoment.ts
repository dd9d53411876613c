import { useLocation, useSearch } from '@tanstack/react-router';
import { readMoment, showsMoment } from './pinnedAddress';

/** The path without language, the moment of knowledge that its address asks for, and whether the page can show one. */
export function useMoment(): { path: string; moment: string | undefined; canShow: boolean } {
  const search = useSearch({ strict: false }) as { asOf?: string; to?: string };
  const path = useLocation({ select: (location) => location.pathname });
  return { path, moment: readMoment(path, search), canShow: showsMoment(path) };
}

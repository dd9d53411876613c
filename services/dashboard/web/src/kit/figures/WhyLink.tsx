import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { searchOfWhy, writeWhy, type WhyState } from './whyState';

/** Leads to why a value is as it is: over the present page, with the address of the page about it. */
export function WhyLink({
  state,
  className,
  label,
  children,
}: {
  state: WhyState;
  className?: string;
  label?: string;
  children: ReactNode;
}) {
  return (
    <Link
      to="."
      search={((search: Record<string, unknown>) => ({ ...search, why: writeWhy(state) })) as never}
      mask={{
        to: '/why/$code' as never,
        params: { code: state.code } as never,
        search: searchOfWhy(state) as never,
        unmaskOnReload: true,
      }}
      resetScroll={false}
      className={className ?? ''}
      aria-label={label}
    >
      {children}
    </Link>
  );
}

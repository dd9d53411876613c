import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface PathLinkProps {
  /** Path without language, with its parameters already in it. */
  path: string;
  search?: Record<string, string | undefined>;
  className?: string | undefined;
  children: ReactNode;
}

/** Leads to a page of another feature by its path; within a feature `Link` checks the address at compile time. */
export function PathLink({ path, search = {}, className, children }: PathLinkProps) {
  return (
    <Link to={path as '/'} search={search} className={className ?? ''}>
      {children}
    </Link>
  );
}

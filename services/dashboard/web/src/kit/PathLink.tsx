import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface PathLinkProps {
  /** Path without language, with its parameters already in it. */
  path: string;
  search?: Record<string, string | undefined>;
  className?: string | undefined;
  /** What is read aloud where the text alone does not say it. */
  label?: string;
  children: ReactNode;
}

/** Leads to a page of another feature by its path; within a feature `Link` checks the address at compile time. */
export function PathLink({ path, search = {}, className, label, children }: PathLinkProps) {
  return (
    <Link to={path as '/'} search={search} className={className ?? ''} aria-label={label}>
      {children}
    </Link>
  );
}

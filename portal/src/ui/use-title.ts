import { useEffect } from 'react';

/** The page's name in the window's title; never a value of a customer. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Lethe`;
  }, [page]);
}

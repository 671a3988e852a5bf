import { useEffect } from 'react';

/** Sets the title of the window to the name of the page, which must not contain a value of a customer. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Lethe`;
  }, [page]);
}

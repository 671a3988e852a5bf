import { createBrowserRouter, Navigate, RouterProvider } from 'react-router';
import { useMemo } from 'react';
import { type Role, useEmployee } from '../session/session';
import { Loading } from '../ui/queried';
import { BrokenPage } from './broken-page';
import { NotFoundPage } from './not-found-page';
import { PAGES, START } from './pages';
import { Shell } from './shell';

/** The routes of the employee's role. Other pages are not found. */
export function Routes() {
  const { role } = useEmployee();
  const router = useMemo(() => routerOf(role), [role]);
  return <RouterProvider router={router} />;
}

function routerOf(role: Role) {
  const mine = PAGES.flatMap(({ pages }) => pages).filter(({ roles }) => roles.includes(role));
  return createBrowserRouter([
    {
      path: '/',
      Component: Shell,
      HydrateFallback: Loading,
      children: [
        {
          ErrorBoundary: BrokenPage,
          children: [
            { index: true, element: <Navigate to={START[role]} replace /> },
            ...mine.map(({ path, load }) => ({ path, lazy: load })),
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ]);
}

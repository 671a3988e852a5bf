import { createTheme, type CSSVariablesResolver, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from './api/problem';
import { ConfirmationProvider } from './session/confirmation';
import { LoginPage } from './session/login-page';
import { SessionProvider, sessionEnded, useSession } from './session/session';
import { ProblemAlert } from './ui/problem-alert';
import { Loading } from './ui/queried';

const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9, // enough contrast with white (WCAG 1.4.3)
  fontFamily: 'system-ui, sans-serif',
  respectReducedMotion: true,
  components: {
    // the only banner of a page is the header of the shell
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
  },
});

/** Mantine lightens the darkest shade on hover, which makes white text on it unreadable (WCAG 1.4.3). */
const DARKER = { '--mantine-color-cyan-filled-hover': 'color-mix(in srgb, var(--mantine-color-cyan-9), black 15%)' };
const colors: CSSVariablesResolver = () => ({ variables: {}, light: DARKER, dark: DARKER });

export function Portal() {
  const [hasEnded, setHasEnded] = useState(false);
  const [queries] = useState(() => {
    const noticeEnd = (error: unknown) => {
      if (!isProblem(error, 'AUTHENTICATION_REQUIRED')) return;
      setHasEnded(true);
      client.setQueryData(...sessionEnded);
    };
    const client: QueryClient = new QueryClient({
      queryCache: new QueryCache({ onError: noticeEnd }),
      mutationCache: new MutationCache({ onError: noticeEnd }),
      defaultOptions: {
        queries: {
          networkMode: 'always', // an unreachable server is reported immediately
          refetchOnReconnect: true,
          retry: (failures, error) => failures < 2 && isProblem(error, 'SERVICE_UNAVAILABLE'),
        },
      },
    });
    return client;
  });
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={colors}>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <Entrance hasEnded={hasEnded} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Entrance({ hasEnded }: { readonly hasEnded: boolean }) {
  const { employee, isLoading, error } = useSession();
  if (isLoading) return <Loading />;
  if (employee === null && error !== null) return <ProblemAlert error={error} onRetry={() => location.reload()} />;
  if (employee === null) return <LoginPage hasEnded={hasEnded} />;
  return (
    <ConfirmationProvider>
      <Inside key={employee.id} />
    </ConfirmationProvider>
  );
}

/** Menu, routes and pages load lazily, after sign-in. */
function Inside() {
  const { data, error } = useQuery({
    queryKey: ['inside'],
    queryFn: () => import('./shell/routes'),
    staleTime: Infinity,
    structuralSharing: false, // the result is a module, not data
  });
  if (data === undefined && error !== null) return <ProblemAlert error={error} onRetry={() => location.reload()} />;
  return data === undefined ? <Loading /> : <data.Routes />;
}

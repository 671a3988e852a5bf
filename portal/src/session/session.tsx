import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { answered, api, type Schemas, setCsrfToken } from '../api/client';
import { isProblem } from '../api/problem';

export type Role = Schemas['Role'];
export type Employee = Schemas['SessionEmployeeResponse'];
type BrowserSession = Schemas['BrowserSessionResponse'];

interface Session {
  /** null when signed out */
  readonly employee: Employee | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly logIn: (username: string, password: string, signal: AbortSignal) => Promise<void>;
  readonly logOut: () => Promise<void>;
  /** Confirms the password again; for some minutes the API then allows irreversible commands. */
  readonly confirm: (password: string, signal: AbortSignal) => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);
const SESSION = ['session'] as const;

/** Reads the current session; null instead of an error when signed out. */
async function readSession(): Promise<BrowserSession | null> {
  try {
    return remembered(await answered(api.GET('/api/v1/auth/session')));
  } catch (error) {
    if (isProblem(error, 'AUTHENTICATION_REQUIRED')) return null;
    throw error;
  }
}

function remembered(session: BrowserSession): BrowserSession {
  setCsrfToken(session.csrfToken);
  return session;
}

/** Clears all cached data of the previous employee; observers of the session itself read it again. */
const forgetAll = (queries: QueryClient): void =>
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data, isLoading, error } = useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: Infinity });

  const logIn = useCallback(
    async (username: string, password: string, signal: AbortSignal) => {
      const session = await answered(api.POST('/api/v1/auth/session', { body: { username, password }, signal }));
      forgetAll(queries);
      queries.setQueryData(SESSION, remembered(session));
    },
    [queries],
  );
  const logOut = useCallback(async () => {
    await answered(api.DELETE('/api/v1/auth/session'));
    queries.setQueryData(SESSION, null);
    forgetAll(queries);
  }, [queries]);
  const confirm = useCallback(
    async (password: string, signal: AbortSignal) => {
      const session = await answered(api.POST('/api/v1/auth/session/confirmation', { body: { password }, signal }));
      queries.setQueryData(SESSION, remembered(session));
    },
    [queries],
  );

  const session = useMemo(
    () => ({ employee: data?.employee ?? null, isLoading, error, logIn, logOut, confirm }),
    [data, isLoading, error, logIn, logOut, confirm],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('Outside of SessionProvider');
  return session;
}

/** The signed-in employee, for pages that require sign-in. */
export function useEmployee(): Employee {
  const { employee } = useSession();
  if (employee === null) throw new Error('Nobody is logged in');
  return employee;
}

/** The session has ended on the server: shows the login, which leads back to the page. */
export const sessionEnded = [SESSION, null] as const;

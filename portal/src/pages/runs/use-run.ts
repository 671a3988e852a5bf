import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, api } from '../../api/client';
import { hasEnded, type Run } from './run-states';

const POLL_INTERVAL_MS = 2_000;

/** The current run: pushed by the server while the connection is open, polled otherwise. */
export function useRun(id: string) {
  const queries = useQueryClient();
  const [isConnected, setConnected] = useState(false);
  const run = useQuery({
    queryKey: ['runs', id],
    queryFn: () => answered(api.GET('/api/v1/anonymization-runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) =>
      isConnected || data === undefined || hasEnded(data) ? false : POLL_INTERVAL_MS,
  });
  const isOpen = run.data !== undefined && !hasEnded(run.data);
  useEffect(() => {
    if (!isOpen) return undefined;
    const events = new EventSource(`/api/v1/anonymization-runs/${id}/events`);
    events.onopen = () => setConnected(true);
    events.onerror = () => setConnected(false); // the browser reconnects by itself, unless the server refused
    events.addEventListener('run', ({ data }: MessageEvent<string>) => {
      queries.setQueryData(['runs', id], JSON.parse(data) as Run);
    });
    return () => {
      events.close();
      setConnected(false);
    };
  }, [id, isOpen, queries]);
  return run;
}

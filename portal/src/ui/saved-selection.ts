import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../api/client';

/** A saved selection without its members. */
export const savedSelection = (id: string) =>
  queryOptions({
    queryKey: ['selections', 'one', id],
    queryFn: () => answered(api.GET('/api/v1/selections/{id}', { params: { path: { id } } })),
  });

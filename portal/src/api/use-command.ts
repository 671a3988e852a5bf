import {
  // the only permitted use
  // eslint-disable-next-line no-restricted-imports
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { isProblem, Problem } from './problem';

interface Options<Input, Result> {
  /** Sends the command. Must pass the signal to every request and to every prompt before it. */
  readonly perform: (input: Input, signal: AbortSignal) => Promise<Result>;
  /** The command only reads: after a lost response, the outcome is not uncertain. */
  readonly isReading?: boolean;
  readonly onSuccess?: (result: Result, input: Input) => unknown;
  readonly onError?: (error: Error, input: Input) => unknown;
  readonly onSettled?: () => unknown;
}

type WithMutate<Of, Input> = Of extends unknown
  ? Omit<Of, 'mutateAsync' | 'mutate'> & {
      /** Sends the command, unless it is already in flight. */
      readonly mutate: (input: Input) => void;
    }
  : never;

export type Command<Input, Result> = WithMutate<UseMutationResult<Result, Error, Input>, Input>;

/**
 * A command that the user sends to the API. It is sent or fails immediately, and is never deferred or retried
 * automatically. `reset` and unmounting the page abort it. After a lost response, the displayed data is read again,
 * because the outcome is unknown.
 */
export function useCommand<Input = void, Result = unknown>(options: Options<Input, Result>): Command<Input, Result> {
  const { perform, isReading = false, onSuccess, onError, onSettled } = options;
  const queries = useQueryClient();
  const sending = useRef<AbortController | null>(null);
  const abort = useCallback(() => {
    sending.current?.abort();
    sending.current = null;
  }, []);
  useEffect(() => abort, [abort]);
  const mutation = useMutation<Result, Error, Input, AbortController>({
    networkMode: 'always', // otherwise it would wait for the network and be sent unexpectedly later
    retry: false,
    onMutate: () => (sending.current ??= new AbortController()),
    mutationFn: async (input) => {
      try {
        return await perform(input, sending.current!.signal);
      } catch (error) {
        if (isReading || !isProblem(error, 'UNREACHABLE')) throw error;
        throw new Problem({ code: 'UNREACHABLE', isUncertain: true });
      }
    },
    onSuccess: (result, input, controller) => (controller.signal.aborted ? undefined : onSuccess?.(result, input)),
    onError: (error, input, controller) => {
      if (isProblem(error) && error.isUncertain) void queries.invalidateQueries();
      return controller?.signal.aborted === true ? undefined : onError?.(error, input);
    },
    onSettled: (_result, _error, _input, controller) => {
      if (sending.current === controller) sending.current = null;
      return onSettled?.();
    },
  });
  const { reset: forget, mutate: send } = mutation;
  const reset = useCallback(() => {
    abort();
    forget();
  }, [abort, forget]);
  const mutate = useCallback(
    (input: Input) => {
      if (sending.current !== null) return; // pressing Enter twice must not book twice
      sending.current = new AbortController();
      send(input);
    },
    [send],
  );
  return { ...mutation, reset, mutate };
}

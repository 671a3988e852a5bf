import { useQueryClient } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommand } from '../../api/use-command';
import { NotConfirmed, useConfirmed } from '../../session/confirmation';
import { useIdempotencyKey } from '../../ui/idempotency-key';
import { forgetCustomers } from './identity';

type Blocker = Schemas['BlockerResponse'];

export type Anonymization = ReturnType<typeof useAnonymization>;

/** The anonymization command. `refusal` contains the blockers that the final check found under lock. */
export function useAnonymization(customerId: string) {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const keyFor = useIdempotencyKey();
  const act = useCommand({
    perform: (body: Schemas['AnonymizeCustomerRequest'], signal) =>
      confirmed(
        () =>
          answered(
            api.POST('/api/v1/customers/{id}/anonymization', {
              params: { path: { id: customerId }, header: { 'Idempotency-Key': keyFor(body) } },
              body,
              signal,
            }),
          ),
        signal,
      ),
    onSuccess: () => forgetCustomers(queries),
    onError: (error) => {
      if (isProblem(error, 'ANONYMIZATION_BLOCKED'))
        void queries.invalidateQueries({ queryKey: ['customers', customerId, 'verdict'] });
    },
  });
  const refusal = isProblem(act.error, 'ANONYMIZATION_BLOCKED')
    ? ((act.error.document.blockers ?? []) as readonly Blocker[])
    : null;
  const error = refusal !== null || act.error instanceof NotConfirmed ? null : act.error;
  return { data: act.data, isPending: act.isPending, refusal, error, perform: act.mutate, reset: act.reset };
}

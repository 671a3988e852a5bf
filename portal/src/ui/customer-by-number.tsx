import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { answered, api, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { useCommand } from '../api/use-command';
import { useWords } from '../words/words';
import { ProblemAlert } from './problem-alert';

interface Props {
  /** label of the button */
  readonly action: string;
  readonly onFound: (customer: Schemas['CustomerReferenceResponse']) => void;
}

/** Finds a customer by number, which is on every voucher, for roles that may not see names. */
export function CustomerByNumber({ action, onFound }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const find = useCommand({
    isReading: true,
    perform: (customerNumber: string, signal) =>
      answered(
        api.GET('/api/v1/customers/by-number/{customerNumber}', { params: { path: { customerNumber } }, signal }),
      ),
    onSuccess: onFound,
  });
  const isUnknown = isProblem(find.error, 'CUSTOMER_NOT_FOUND');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.mutate(typed.trim());
  };
  return (
    <form onSubmit={submit} className="no-print">
      <Group align="flex-start">
        <TextInput
          label={t('customer.number')}
          required
          autoComplete="off"
          value={typed}
          error={isUnknown ? t('problem.CUSTOMER_NOT_FOUND') : undefined}
          onChange={({ currentTarget }) => {
            find.reset();
            setTyped(currentTarget.value);
          }}
        />
        <Button type="submit" variant="default" mt={25} loading={find.isPending}>
          {action}
        </Button>
      </Group>
      {find.isError && !isUnknown && <ProblemAlert error={find.error} />}
    </form>
  );
}

import { Alert, Anchor, Button, List, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { nameOf } from '../../ui/customer-picker';
import { FormDialog } from '../../ui/form-dialog';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { CREATE_CUSTOMER } from './customer-forms';
import { FormFields } from './form/form-fields';
import { useFormDialog } from './form/use-form-dialog';

type NewCustomer = Schemas['CreateCustomerRequest'];

/** Possible duplicates, and the name and birth date that were searched for. */
interface Warned {
  readonly person: string;
  readonly duplicates: readonly Schemas['CustomerSummary'][];
}
const NOT_WARNED: Warned = { person: '', duplicates: [] };

/** Creates a customer. Shows possible duplicates first, and again if the name or birth date changes. */
export function CreateCustomer() {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const [warned, setWarned] = useState(NOT_WARNED);
  const create = async (customer: NewCustomer, signal: AbortSignal) => {
    const { firstName, lastName, companyName, birthDate } = customer;
    const body = { firstName, lastName, companyName, birthDate };
    const person = JSON.stringify(body);
    if (person !== warned.person) {
      const { items } = await answered(api.POST('/api/v1/customers/duplicates', { body, signal }));
      setWarned({ person, duplicates: items });
      if (items.length > 0) return null;
    }
    return answered(api.POST('/api/v1/customers', { body: customer, signal }));
  };
  const { controls, begin, frame } = useFormDialog({
    form: CREATE_CUSTOMER,
    known: { status: 'ACTIVE' },
    faults: { CUSTOMER_NUMBER_TAKEN: 'customerNumber' },
    perform: create,
    onDone: ({ id }) => void navigate(`/customers/${id}`),
  });
  return (
    <>
      <Button
        onClick={() => {
          setWarned(NOT_WARNED);
          begin();
        }}
      >
        {t('create.action')}
      </Button>
      <FormDialog
        title={t('create.action')}
        action={t(warned.duplicates.length > 0 ? 'create.anyway' : 'create.send')}
        size="xl"
        {...frame}
      >
        <FormFields form={CREATE_CUSTOMER} controls={controls} columns={3} />
        {warned.duplicates.length > 0 && <Duplicates duplicates={warned.duplicates} />}
      </FormDialog>
    </>
  );
}

const intoSight = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'center' });

function Duplicates({ duplicates }: Pick<Warned, 'duplicates'>) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  return (
    <Alert color="orange" role="alert" title={t('create.duplicates')} ref={intoSight}>
      <Text size="sm">{t('create.duplicatesWhat')}</Text>
      <List size="sm">
        {duplicates.map((customer) => (
          <List.Item key={customer.id}>
            <Anchor component={Link} to={`/customers/${customer.id}`} size="sm" td="underline" target="_blank">
              {customer.customerNumber}
            </Anchor>
            {' · '}
            {[
              nameOf(customer),
              customer.birthDate && date(customer.birthDate),
              customer.street,
              [customer.postalCode, customer.city].filter(Boolean).join(' '),
            ]
              .filter(Boolean)
              .join(' · ')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

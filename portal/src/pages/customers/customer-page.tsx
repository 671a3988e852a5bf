import './words';
import { Alert, Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useEmployee } from '../../session/session';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import { ChangeCustomer } from './change-customer';
import { type Customer, customerOf, isClosed, type ReadCustomer } from './customer-query';
import { CustomerTabs } from './customer-tabs';
import { ExportPersonalData } from './export-personal-data';
import { MergeCustomer } from './merge-customer';

export function CustomerPage() {
  const { customerId = '' } = useParams();
  return <OneCustomer key={customerId} customerId={customerId} />;
}

function OneCustomer({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('customers');
  const customer = useQuery(customerOf(customerId));
  const number = customer.data?.body.customerNumber;
  return (
    <Page
      title={number === undefined ? t('title') : t('customer', { number })}
      actions={customer.data && <Actions read={customer.data} />}
    >
      <Queried query={customer}>
        {({ body: found }) => (
          <>
            <State customer={found} />
            <CustomerTabs customer={found} />
          </>
        )}
      </Queried>
    </Page>
  );
}

/** Shows every employee whether the customer is anonymized, merged or under legal hold. */
function State({ customer: { anonymizedAt, mergedIntoId, legalHold } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  return (
    <>
      {anonymizedAt !== null && <Alert role="status">{t('stub')}</Alert>}
      {mergedIntoId !== null && anonymizedAt === null && (
        <Alert role="status">
          {t('merged')}{' '}
          <Anchor component={Link} to={`/customers/${mergedIntoId}`} td="underline">
            {t('mergedInto')}
          </Anchor>
        </Alert>
      )}
      {legalHold && (
        <Alert color="orange" role="status">
          {t('hold')}
        </Alert>
      )}
    </>
  );
}

function Actions({ read }: { readonly read: ReadCustomer }) {
  const { t } = useWords('customers');
  const isAdministrator = useEmployee().role === 'ADMINISTRATOR';
  const { body: customer } = read;
  const to = (path: string, word: string) => (
    <Button component={Link} to={`/${path}/${customer.id}`} variant="default">
      {t(word)}
    </Button>
  );
  if (customer.anonymizedAt !== null) return isAdministrator && to('receipts', 'receipt');
  return (
    <>
      {!isClosed(customer) && <ChangeCustomer read={read} />}
      {isAdministrator && !isClosed(customer) && <MergeCustomer customer={customer} />}
      {isAdministrator && <ExportPersonalData customer={customer} />}
      {isAdministrator && !isClosed(customer) && to('anonymize', 'anonymize')}
    </>
  );
}

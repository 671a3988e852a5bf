import './words';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { answered, api } from '../../api/client';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import { ActForm } from './act-form';
import { identityOf, WhoItIs } from './identity';
import { Outcome } from './outcome';
import { useAnonymization } from './use-anonymization';
import { VerdictOf } from './verdict-of';

/** The anonymization of one customer: identity, blockers, effects and the command itself. */
export function AnonymizeCustomerPage() {
  const { customerId = '' } = useParams();
  return <AnonymizeCustomer key={customerId} customerId={customerId} />;
}

function AnonymizeCustomer({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('anonymize');
  const identity = useQuery(identityOf(customerId));
  const verdict = useQuery({
    queryKey: ['customers', customerId, 'verdict'],
    queryFn: () =>
      answered(api.POST('/api/v1/customers/{id}/anonymization/preview', { params: { path: { id: customerId } } })),
    gcTime: 0, // the verdict depends on the day
  });
  const anonymization = useAnonymization(customerId);
  const number = verdict.data?.customerNumber;
  const again = (
    <Button component={Link} to="/anonymize" variant="default">
      {t('customer.other')}
    </Button>
  );
  return (
    <Page title={number === undefined ? t('customer.titleUnknown') : t('customer.title', { number })} actions={again}>
      {anonymization.data === undefined || number === undefined ? (
        <>
          <WhoItIs identity={identity} />
          <Queried query={verdict}>
            {(checked) => (
              <>
                <VerdictOf
                  verdict={checked}
                  refusal={anonymization.refusal}
                  isChecking={verdict.isFetching}
                  onCheckAgain={() => {
                    anonymization.reset();
                    void verdict.refetch();
                  }}
                />
                {checked.verdict === 'READY' && anonymization.refusal === null && (
                  <ActForm customerNumber={checked.customerNumber} anonymization={anonymization} />
                )}
              </>
            )}
          </Queried>
        </>
      ) : (
        <Outcome customerId={customerId} customerNumber={number} result={anonymization.data} />
      )}
    </Page>
  );
}

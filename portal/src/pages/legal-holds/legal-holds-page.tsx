import './words';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client';
import { CustomerByNumber } from '../../ui/customer-by-number';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import { HoldOfCustomer } from './hold-of-customer';

/** Legal holds by customer number, because compliance sees no master data. The URL stores the number. */
export function LegalHoldsPage() {
  const { t } = useWords('legalHolds');
  const [search, setSearch] = useSearchParams();
  const customerNumber = search.get('customer');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <CustomerByNumber
        action={t('find')}
        onFound={(customer) => setSearch({ customer: customer.customerNumber }, { replace: true })}
      />
      {customerNumber !== null && <Found key={customerNumber} customerNumber={customerNumber} />}
    </Page>
  );
}

function Found({ customerNumber }: { readonly customerNumber: string }) {
  const customer = useQuery({
    queryKey: ['legal-holds', customerNumber],
    queryFn: () =>
      answered(api.GET('/api/v1/customers/by-number/{customerNumber}', { params: { path: { customerNumber } } })),
  });
  return <Queried query={customer}>{(found) => <HoldOfCustomer customer={found} />}</Queried>;
}

import './words';
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { answered, api } from '../../api/client';
import { CustomerPicker, nameOf } from '../../ui/customer-picker';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import { Documents } from './documents';

export function ArchivePage() {
  const { t } = useWords('archive');
  const { customerId } = useParams();
  const navigate = useNavigate();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="no-print">
        <CustomerPicker
          label={t('pick')}
          autoFocus={customerId === undefined}
          onChoose={({ id }) => void navigate(`/archive/${id}`)}
        />
      </div>
      {customerId === undefined ? (
        <Text c="dimmed">{t('choose')}</Text>
      ) : (
        <ArchiveOf key={customerId} customerId={customerId} />
      )}
    </Page>
  );
}

function ArchiveOf({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('archive');
  const customer = useQuery({
    queryKey: ['customers', customerId, 'archived'],
    queryFn: () => answered(api.GET('/api/v1/customers/{id}', { params: { path: { id: customerId } } })),
    gcTime: 0, // names are not cached
  });
  return (
    <Queried query={customer}>
      {({ customerNumber, anonymizedAt, companyName, ...person }) => (
        <>
          <Facts
            facts={[
              [t('common:customer.number'), customerNumber],
              [t('customer'), nameOf(person) || companyName],
            ]}
          />
          <Anchor component={Link} to={`/customers/${customerId}`} size="sm" className="no-print">
            {t('record')}
          </Anchor>
          <Documents customerId={customerId} isSealed={anonymizedAt !== null} />
        </>
      )}
    </Queried>
  );
}

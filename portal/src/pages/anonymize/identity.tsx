import { Anchor } from '@mantine/core';
import { type QueryClient, queryOptions, type UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answered, api } from '../../api/client';
import { nameOf } from '../../ui/customer-picker';
import { Facts } from '../../ui/facts';
import { Queried } from '../../ui/queried';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

export type Identity = Awaited<ReturnType<typeof readIdentity>>;

/** The customer with the residential address. Anonymized customers have no address. */
async function readIdentity(id: string) {
  const params = { path: { id } };
  const customer = await answered(api.GET('/api/v1/customers/{id}', { params }));
  if (customer.anonymizedAt !== null) return { customer, residence: null };
  const addresses = await answered(
    api.GET('/api/v1/customers/{id}/addresses', { params: { ...params, query: { limit: 200 } } }),
  );
  return { customer, residence: addresses.items.find(({ type }) => type === 'RESIDENTIAL') ?? null };
}

export const identityOf = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'identity'],
    queryFn: () => readIdentity(customerId),
    gcTime: 0, // names are not cached
  });

/**
 * Drops cached customer data after an anonymization, since it may contain erased values. Displayed data is read again.
 */
export function forgetCustomers(queries: QueryClient): void {
  const isOfCustomers = ({ queryKey: [area] }: { readonly queryKey: readonly unknown[] }) => area !== 'session';
  queries.removeQueries({ type: 'inactive', predicate: isOfCustomers });
  void queries.invalidateQueries({ predicate: isOfCustomers });
}

/** Shows the customer who is about to be anonymized, to prevent a mix-up. */
export function WhoItIs({ identity }: { readonly identity: UseQueryResult<Identity> }) {
  const { t } = useWords('anonymize');
  const { date } = useFormats();
  return (
    <Section title={t('customer.who')}>
      <Queried query={identity}>
        {({ customer, residence }) => (
          <>
            <Facts
              facts={[
                [t('common:customer.number'), customer.customerNumber],
                [t('customer.name'), nameOf(customer) || customer.companyName],
                customer.birthDate === null ? null : [t('common:customer.birthDate'), date(customer.birthDate)],
                residence === null
                  ? null
                  : [
                      t('customer.address'),
                      [residence.street, [residence.postalCode, residence.city].filter(Boolean).join(' ')]
                        .filter(Boolean)
                        .join(', '),
                    ],
                (residence?.phone ?? customer.phone) === null
                  ? null
                  : [t('common:customer.phone'), residence?.phone ?? customer.phone],
              ]}
            />
            <Anchor component={Link} to={`/customers/${customer.id}`} size="sm">
              {t('customer.record')}
            </Anchor>
          </>
        )}
      </Queried>
    </Section>
  );
}

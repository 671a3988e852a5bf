import './words';
import { Alert, Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { useEmployee } from '../../session/session';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { CardRecords, CareCaseRecords, ContractRecords, InvoiceRecords, LoanRecords } from './records';

type Customer = Schemas['CustomerResponse'];

const OVERVIEW = 'overview';

/** The records that can stand in the way of an anonymization, by the tab's name in the address. */
const RECORDS = {
  invoices: { word: 'invoices', Content: InvoiceRecords },
  'service-contracts': { word: 'contracts', Content: ContractRecords },
  'care-cases': { word: 'careCases', Content: CareCaseRecords },
  'device-loans': { word: 'loans', Content: LoanRecords },
  cards: { word: 'cards', Content: CardRecords },
} as const;

export function CustomerPage() {
  const { customerId = '' } = useParams();
  return <OneCustomer key={customerId} customerId={customerId} />;
}

function OneCustomer({ customerId }: { readonly customerId: string }) {
  const { t } = useWords('customers');
  const customer = useQuery({
    queryKey: ['customers', customerId],
    queryFn: () => answered(api.GET('/api/v1/customers/{id}', { params: { path: { id: customerId } } })),
  });
  const number = customer.data?.customerNumber;
  return (
    <Page
      title={number === undefined ? t('title') : t('customer', { number })}
      actions={customer.data && <Actions customer={customer.data} />}
    >
      <Queried query={customer}>
        {(found) => (
          <>
            {found.anonymizedAt !== null && <Alert role="status">{t('stub')}</Alert>}
            {found.legalHold && (
              <Alert color="orange" role="status">
                {t('hold')}
              </Alert>
            )}
            <Records customer={found} />
          </>
        )}
      </Queried>
    </Page>
  );
}

function Actions({ customer: { id, anonymizedAt } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const { role } = useEmployee();
  if (role !== 'ADMINISTRATOR') return null;
  const isDone = anonymizedAt !== null;
  return (
    <Button component={Link} to={isDone ? `/receipts/${id}` : `/anonymize/${id}`} variant="default">
      {t(isDone ? 'receipt' : 'anonymize')}
    </Button>
  );
}

function Records({ customer }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const { tab = OVERVIEW } = useParams();
  const shown = tab in RECORDS ? tab : OVERVIEW;
  return (
    <Tabs
      value={shown}
      keepMounted={false}
      onChange={(chosen) =>
        void navigate(`/customers/${customer.id}${chosen === OVERVIEW ? '' : `/${chosen}`}`, { replace: true })
      }
    >
      <Tabs.List aria-label={t('tabs')}>
        <Tabs.Tab value={OVERVIEW}>{t('overview')}</Tabs.Tab>
        {Object.entries(RECORDS).map(([name, { word }]) => (
          <Tabs.Tab key={name} value={name}>
            {t(word)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={OVERVIEW} pt="md">
        <MasterData customer={customer} />
      </Tabs.Panel>
      {Object.entries(RECORDS).map(([name, { word, Content }]) => (
        <Tabs.Panel key={name} value={name} pt="md">
          <Content customerId={customer.id} label={t(word)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function MasterData({ customer }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  const fact = (name: string, value: string | null) => (value === null ? null : ([name, value] as const));
  return (
    <Facts
      facts={[
        fact(t('common:customer.status'), t(`common:customerStatus.${customer.status}`)),
        fact(t('common:customer.lastName'), customer.lastName),
        fact(t('common:customer.firstName'), customer.firstName),
        fact(t('companyName'), customer.companyName),
        fact(t('common:customer.birthDate'), customer.birthDate && date(customer.birthDate)),
        fact(t('email'), customer.email),
        fact(t('common:customer.phone'), customer.phone),
        fact(t('mobile'), customer.mobile),
        fact(t('branch'), customer.branchCode),
        fact(t('note'), customer.note),
      ]}
    />
  );
}

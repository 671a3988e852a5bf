import { useQueryClient } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { Settle } from './settle';

interface Props {
  readonly customerId: string;
  /** what the table shows */
  readonly label: string;
}

type Invoice = Schemas['InvoiceResponse'];
type Contract = Schemas['ServiceContractResponse'];
type CareCase = Schemas['CareCaseResponse'];
type Loan = Schemas['DeviceLoanResponse'];
type Card = Schemas['CardResponse'];

const pageOf = (id: string, cursor: string | null) => ({
  params: { path: { id }, query: cursor === null ? {} : { cursor } },
});

const onId = (id: string) => ({ params: { path: { id } } });

/** What is settled here may no longer stand in the way: whatever was read of the customer is read again. */
function useSettled(customerId: string): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['customers', customerId] });
}

export function InvoiceRecords({ customerId, label }: Props) {
  const { t } = useWords('customers');
  const { date, money } = useFormats();
  const settled = useSettled(customerId);
  const columns: Column<Invoice>[] = [
    { key: 'number', header: t('number'), width: '170px', cell: ({ number }) => number ?? '–' },
    { key: 'kind', header: t('kind'), width: '130px', cell: ({ kind }) => t(`kinds.${kind}`) },
    { key: 'state', header: t('state'), width: '130px', cell: ({ status }) => t(`states.${status}`) },
    {
      key: 'date',
      header: t('date'),
      width: '130px',
      cell: ({ issuedOn }) => (issuedOn === null ? '–' : date(issuedOn)),
    },
    { key: 'gross', header: t('gross'), width: '120px', align: 'end', cell: ({ gross }) => money(gross) },
    { key: 'balance', header: t('balance'), width: '120px', align: 'end', cell: ({ balance }) => money(balance) },
    {
      key: 'action',
      header: t('action'),
      width: 'minmax(220px, 1fr)',
      cell: ({ id, number, status, balance }) =>
        status === 'ISSUED' && balance > 0 ? (
          <Settle
            action={t('actions.pay')}
            number={number ?? ''}
            perform={() =>
              answered(
                api.POST('/api/v1/invoices/{id}/payments', { ...onId(id), body: { kind: 'PAYMENT', amount: balance } }),
              )
            }
            onSettled={settled}
          />
        ) : null,
    },
  ];
  return (
    <CursorTable
      label={label}
      queryKey={['customers', customerId, 'invoices']}
      readPage={(cursor) => answered(api.GET('/api/v1/customers/{id}/invoices', pageOf(customerId, cursor)))}
      columns={columns}
      rowId={({ id }) => id}
      empty={t('none')}
    />
  );
}

export function ContractRecords({ customerId, label }: Props) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  const settled = useSettled(customerId);
  const columns: Column<Contract>[] = [
    { key: 'number', header: t('number'), width: '150px', cell: ({ number }) => number },
    {
      key: 'state',
      header: t('state'),
      width: '150px',
      cell: ({ status, voidedOn }) => t(`states.${voidedOn === null ? status : 'VOIDED'}`),
    },
    { key: 'from', header: t('from'), width: '130px', cell: ({ startsOn }) => date(startsOn) },
    {
      key: 'until',
      header: t('until'),
      width: '130px',
      cell: ({ effectiveEnd }) => (effectiveEnd === null ? '–' : date(effectiveEnd)),
    },
    { key: 'name', header: t('name'), width: 'minmax(140px, 2fr)', cell: ({ title }) => title },
    {
      key: 'action',
      header: t('action'),
      width: '220px',
      cell: ({ id, number, voidedOn }) =>
        voidedOn === null ? (
          <Settle
            action={t('actions.void')}
            number={number}
            perform={() => answered(api.POST('/api/v1/service-contracts/{id}/void', onId(id)))}
            onSettled={settled}
          />
        ) : null,
    },
  ];
  return (
    <CursorTable
      label={label}
      queryKey={['customers', customerId, 'service-contracts']}
      readPage={(cursor) => answered(api.GET('/api/v1/customers/{id}/service-contracts', pageOf(customerId, cursor)))}
      columns={columns}
      rowId={({ id }) => id}
      empty={t('none')}
    />
  );
}

export function CareCaseRecords({ customerId, label }: Props) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  const settled = useSettled(customerId);
  const columns: Column<CareCase>[] = [
    { key: 'number', header: t('number'), width: '150px', cell: ({ number }) => number },
    { key: 'state', header: t('state'), width: '150px', cell: ({ status }) => t(`states.${status}`) },
    { key: 'from', header: t('from'), width: '130px', cell: ({ openedOn }) => date(openedOn) },
    {
      key: 'until',
      header: t('until'),
      width: '130px',
      cell: ({ closedOn }) => (closedOn === null ? '–' : date(closedOn)),
    },
    { key: 'name', header: t('name'), width: 'minmax(140px, 2fr)', cell: ({ title }) => title },
    {
      key: 'action',
      header: t('action'),
      width: '200px',
      cell: ({ id, number, status }) =>
        status === 'OPEN' ? (
          <Settle
            action={t('actions.complete')}
            number={number}
            perform={() => answered(api.POST('/api/v1/care-cases/{id}/complete', { ...onId(id), body: {} }))}
            onSettled={settled}
          />
        ) : null,
    },
  ];
  return (
    <CursorTable
      label={label}
      queryKey={['customers', customerId, 'care-cases']}
      readPage={(cursor) => answered(api.GET('/api/v1/customers/{id}/care-cases', pageOf(customerId, cursor)))}
      columns={columns}
      rowId={({ id }) => id}
      empty={t('none')}
    />
  );
}

export function LoanRecords({ customerId, label }: Props) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  const settled = useSettled(customerId);
  const columns: Column<Loan>[] = [
    { key: 'number', header: t('number'), width: '170px', cell: ({ serialNumber }) => serialNumber },
    { key: 'kind', header: t('kind'), width: '110px', cell: ({ kind }) => t(`kinds.${kind}`) },
    { key: 'state', header: t('state'), width: '160px', cell: ({ resolution }) => t(`states.${resolution ?? 'OUT'}`) },
    { key: 'from', header: t('from'), width: '130px', cell: ({ issuedOn }) => date(issuedOn) },
    {
      key: 'until',
      header: t('until'),
      width: '130px',
      cell: ({ resolvedOn }) => (resolvedOn === null ? '–' : date(resolvedOn)),
    },
    {
      key: 'action',
      header: t('action'),
      width: 'minmax(180px, 1fr)',
      cell: ({ id, serialNumber, resolution }) =>
        resolution === null ? (
          <Settle
            action={t('actions.returned')}
            number={serialNumber}
            perform={() =>
              answered(api.POST('/api/v1/device-loans/{id}/resolve', { ...onId(id), body: { resolution: 'RETURNED' } }))
            }
            onSettled={settled}
          />
        ) : null,
    },
  ];
  return (
    <CursorTable
      label={label}
      queryKey={['customers', customerId, 'device-loans']}
      readPage={(cursor) => answered(api.GET('/api/v1/customers/{id}/device-loans', pageOf(customerId, cursor)))}
      columns={columns}
      rowId={({ id }) => id}
      empty={t('none')}
    />
  );
}

export function CardRecords({ customerId, label }: Props) {
  const { t } = useWords('customers');
  const { date } = useFormats();
  const settled = useSettled(customerId);
  const columns: Column<Card>[] = [
    { key: 'number', header: t('number'), width: '190px', cell: ({ number }) => number },
    {
      key: 'state',
      header: t('state'),
      width: '150px',
      cell: ({ invalidatedOn }) => t(`states.${invalidatedOn === null ? 'VALID' : 'INVALID'}`),
    },
    {
      key: 'until',
      header: t('until'),
      width: '150px',
      cell: ({ validUntil }) => (validUntil === null ? '–' : date(validUntil)),
    },
    {
      key: 'action',
      header: t('action'),
      width: 'minmax(180px, 1fr)',
      cell: ({ id, number, invalidatedOn }) =>
        invalidatedOn === null ? (
          <Settle
            action={t('actions.invalidate')}
            number={number}
            perform={() => answered(api.POST('/api/v1/cards/{id}/invalidate', { ...onId(id), body: {} }))}
            onSettled={settled}
          />
        ) : null,
    },
  ];
  return (
    <CursorTable
      label={label}
      queryKey={['customers', customerId, 'cards']}
      readPage={(cursor) => answered(api.GET('/api/v1/customers/{id}/cards', pageOf(customerId, cursor)))}
      columns={columns}
      rowId={({ id }) => id}
      empty={t('none')}
    />
  );
}

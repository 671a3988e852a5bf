import { useQueryClient } from '@tanstack/react-query';
import { CursorTable } from '../../../ui/cursor-table';
import { Section } from '../../../ui/section';
import { useWords } from '../../../words/words';
import { type Customer, isClosed } from '../customer-query';
import { AddRecord } from './add-record';
import { kindOf } from './kinds';
import { readRecords } from './record-calls';
import type { AnyRow } from './record-kind';
import type { RecordName } from './record-names';
import { useRecordColumns } from './use-record-columns';
import { useRecordDetails } from './use-record-details';

interface Props {
  readonly customer: Customer;
  readonly name: RecordName;
}

const rowId = ({ id }: AnyRow): string => id;

/** The records of one kind with their fields and actions, and a form to add one. */
export function RecordsOfCustomer({ customer, name }: Props) {
  const { t } = useWords('customers');
  const queries = useQueryClient();
  // a settled record may no longer block an anonymization, so all cached data of the customer is read again
  const written = () => void queries.invalidateQueries({ queryKey: ['customers', customer.id] });
  const isReadOnly = isClosed(customer);
  const kind = kindOf(name);
  const columns = useRecordColumns(name, kind, isReadOnly ? null : written);
  const detail = useRecordDetails(kind);
  return (
    <Section
      title={t(`tabs.${name}`)}
      actions={
        isReadOnly ? undefined : <AddRecord customer={customer} name={name} form={kind.form} onAdded={written} />
      }
    >
      <CursorTable
        label={t(`tabs.${name}`)}
        queryKey={['customers', customer.id, name]}
        readPage={(cursor) => readRecords(name, customer.id, cursor)}
        columns={columns}
        rowId={rowId}
        detail={detail}
        empty={t('none')}
      />
    </Section>
  );
}

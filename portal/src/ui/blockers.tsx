import { Anchor, List, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import type { BlockingRecordType } from '../api/codes';
import { useEmployee } from '../session/session';
import { useFormats } from '../words/formats';
import { useWords } from '../words/words';

type Blocker = Schemas['BlockerResponse'];

/** The tab of a customer's page that shows the record. */
const TABS: Readonly<Record<BlockingRecordType, string>> = {
  CUSTOMER: 'overview',
  INVOICE: 'invoices',
  CREDIT_NOTE: 'invoices',
  SERVICE_CONTRACT: 'service-contracts',
  CARE_CASE: 'care-cases',
  DEVICE_LOAN: 'device-loans',
  CUSTOMER_CARD: 'cards',
  LEGAL_HOLD: 'overview',
};

interface Props {
  readonly customerId: string;
  readonly blockers: readonly Blocker[];
}

/** The blockers of a customer, with the day on which each ends and a link to the record that can be settled. */
export function Blockers({ customerId, blockers }: Props) {
  const { t } = useWords();
  const { date } = useFormats();
  const { role } = useEmployee();
  return (
    <List size="sm" spacing={4}>
      {blockers.map((blocker) => {
        const record = [t(`common:recordType.${blocker.recordType}`), blocker.recordNumber].filter(Boolean).join(' ');
        const day = blocker.date === null ? '' : `, ${date(blocker.date)}`;
        return (
          <List.Item key={`${blocker.code} ${blocker.recordId}`}>
            {t(`common:blocker.${blocker.code}`)}{' '}
            {role === 'COMPLIANCE' ? (
              record
            ) : (
              <Anchor
                component={Link}
                to={`/customers/${blocker.recordType === 'CUSTOMER' ? blocker.recordId : customerId}/${TABS[blocker.recordType]}`}
                size="sm"
                td="underline"
              >
                {record}
              </Anchor>
            )}
            {day}
            <Text span c="dimmed" size="sm">
              {' '}
              (
              {blocker.clearsOn === null
                ? t('common:blockerEnd.act')
                : t('common:blockerEnd.clears', { date: date(blocker.clearsOn) })}
              )
            </Text>
          </List.Item>
        );
      })}
    </List>
  );
}

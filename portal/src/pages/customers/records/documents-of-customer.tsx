import { Alert, Anchor, Button } from '@mantine/core';
import { Link } from 'react-router';
import { answered, api, type Schemas } from '../../../api/client';
import { type Column, CursorTable } from '../../../ui/cursor-table';
import { Section } from '../../../ui/section';
import { useFormats } from '../../../words/formats';
import { useWords } from '../../../words/words';
import type { Customer } from '../customer-query';
import { useFieldName } from '../form/use-field-name';

type ArchivedDocument = Schemas['DocumentResponse'];

const KILOBYTE = 1_000;

/**
 * The archived documents of the customer. For an anonymized customer no request is sent, because each refusal would add
 * an entry to the audit log.
 */
export function DocumentsOfCustomer({ customer: { id, anonymizedAt } }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const columns = useColumns();
  if (anonymizedAt !== null)
    return (
      <Section title={t('tabs.documents')}>
        <Alert role="status">{t('documents.sealed')}</Alert>
      </Section>
    );
  return (
    <Section
      title={t('tabs.documents')}
      actions={
        <Button component={Link} to={`/archive/${id}`} size="xs" variant="default">
          {t('documents.archive')}
        </Button>
      }
    >
      <CursorTable
        label={t('tabs.documents')}
        queryKey={['customers', id, 'documents']}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/customers/{id}/documents', {
              params: { path: { id }, query: cursor === null ? {} : { cursor } },
            }),
          )
        }
        columns={columns}
        rowId={rowId}
        empty={t('none')}
      />
    </Section>
  );
}

const rowId = ({ id }: ArchivedDocument): string => id;

function useColumns(): Column<ArchivedDocument>[] {
  const { t } = useWords('customers');
  const fieldName = useFieldName();
  const { date, count } = useFormats();
  const none = t('common:state.none');
  return [
    { key: 'type', header: fieldName('type'), width: 'minmax(90px, 1fr)', cell: ({ type }) => type },
    { key: 'title', header: fieldName('title'), width: 'minmax(130px, 2fr)', cell: ({ title }) => title ?? none },
    { key: 'createdOn', header: fieldName('createdOn'), width: '115px', cell: ({ createdOn }) => date(createdOn) },
    {
      key: 'retentionClass',
      header: fieldName('retentionClass'),
      width: 'minmax(150px, 1fr)',
      cell: ({ retentionClass }) => t(`lists.retentionClass.${retentionClass}`),
    },
    {
      key: 'size',
      header: fieldName('size'),
      width: '90px',
      align: 'end',
      cell: ({ size }) =>
        size === null ? none : t('documents.kilobytes', { size: count(Math.ceil(size / KILOBYTE)) }),
    },
    {
      key: 'fileName',
      header: fieldName('fileName'),
      width: 'minmax(140px, 2fr)',
      cell: ({ id, title, fileName, size }) =>
        size === null ? (
          t('documents.noContent')
        ) : (
          <Anchor
            href={`/api/v1/documents/${id}/content`}
            download
            size="sm"
            td="underline"
            aria-label={t('documents.of', { title: title ?? fileName ?? id })}
          >
            {fileName ?? t('documents.untitled', { id })}
          </Anchor>
        ),
    },
  ];
}

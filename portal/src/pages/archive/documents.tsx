import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { answered, api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Section } from '../../ui/section';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { AddDocument } from './add-document';
import { DocumentPreview } from './document-preview';
import { type ArchivedDocument, contentAddress, previewOf } from './previews';
import { useDocumentName } from './use-document-name';

interface Props {
  readonly customerId: string;
  /** documents can no longer be added */
  readonly isSealed: boolean;
}

/**
 * The archived documents of a customer. The API decides whether the archive is accessible, and records attempts to open
 * a sealed one.
 */
export function Documents({ customerId, isSealed }: Props) {
  const { t } = useWords('archive');
  const [shown, setShown] = useState<ArchivedDocument | null>(null);
  const columns = useColumns(setShown);
  return (
    <Section title={t('list')} actions={isSealed ? undefined : <AddDocument customerId={customerId} />}>
      <CursorTable
        label={t('list')}
        queryKey={['archive', customerId]}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/customers/{id}/documents', {
              params: { path: { id: customerId }, query: cursor === null ? {} : { cursor } },
            }),
          )
        }
        columns={columns}
        rowId={({ id }) => id}
        empty={t('empty')}
        failure={(error) => (isProblem(error, 'ARCHIVE_SEALED') ? <SealedArchive /> : null)}
      />
      <DocumentPreview document={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

function SealedArchive() {
  const { t } = useWords('archive');
  return (
    <Alert color="gray" role="status" title={t('archiveSealed.title')}>
      <Stack gap="xs">
        {(['why', 'nobody', 'audited'] as const).map((key) => (
          <Text key={key} size="sm">
            {t(`archiveSealed.${key}`)}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

function useColumns(onView: (document: ArchivedDocument) => void): Column<ArchivedDocument>[] {
  const { t } = useWords('archive');
  const { date } = useFormats();
  const nameOf = useDocumentName();
  return [
    { key: 'createdOn', header: t('createdOn'), width: '100px', cell: ({ createdOn }) => date(createdOn) },
    { key: 'type', header: t('type'), width: 'minmax(85px, 1.2fr)', cell: ({ type }) => type },
    { key: 'title', header: t('documentTitle'), width: 'minmax(110px, 2fr)', cell: ({ title }) => title },
    { key: 'fileName', header: t('fileName'), width: 'minmax(100px, 1.6fr)', cell: ({ fileName }) => fileName },
    {
      key: 'retention',
      header: t('retentionClass'),
      width: '140px',
      cell: ({ retentionClass, retentionUntil }) => (
        <>
          {t(`retention.${retentionClass}`)}
          {retentionUntil !== null && (
            <Text size="xs" c="dimmed">
              {t('until', { date: date(retentionUntil) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'fate',
      header: t('fate'),
      width: '150px',
      cell: ({ retentionClass }) => t(retentionClass === 'NONE' ? 'erased' : 'sealed'),
    },
    {
      key: 'actions',
      header: t('actions'),
      width: '245px',
      cell: (document) =>
        document.size === null ? (
          <Text size="sm" c="dimmed">
            {t('entryOnly')}
          </Text>
        ) : (
          <Group gap={4} className="no-print">
            {previewOf(document) !== null && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('viewOf', { name: nameOf(document) })}
                onClick={() => onView(document)}
              >
                {t('view')}
              </Button>
            )}
            <Button
              component="a"
              href={contentAddress(document.id)}
              download
              size="compact-sm"
              variant="default"
              aria-label={t('downloadOf', { name: nameOf(document) })}
            >
              {t('common:action.download')}
            </Button>
          </Group>
        ),
    },
  ];
}

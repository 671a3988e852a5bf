import './words';
import { List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Queried } from '../../ui/queried';
import { Section } from '../../ui/section';
import { useWords } from '../../words/words';
import { CategoriesOfData } from './categories-of-data';
import { Statement } from './statement';
import { TableName } from './table-name';

type Activity = Schemas['ProcessingActivityResponse'];

/** The record of processing activities (Art. 30 GDPR), as far as the product knows it. */
export function ProcessingPage() {
  const { t } = useWords('dataMap');
  const record = useQuery({
    queryKey: ['records-of-processing'],
    queryFn: () => answered(api.GET('/api/v1/records-of-processing')),
    staleTime: Infinity, // changes only with a new version
  });
  return (
    <Page title={t('processing.title')} lead={t('processing.lead')} actions={<PrintButton />}>
      <Queried query={record}>
        {({ items, securityMeasures, leftToTheController }) => (
          <>
            {items.map((activity) => (
              <ActivityOf key={activity.module} activity={activity} />
            ))}
            <Section title={t('processing.security')}>
              <Statements of={securityMeasures} />
            </Section>
            <Section title={t('processing.controller')}>
              <Text size="sm">{t('processing.controllerWhat')}</Text>
              <Statements of={leftToTheController} />
            </Section>
          </>
        )}
      </Queried>
    </Page>
  );
}

function ActivityOf({ activity }: { readonly activity: Activity }) {
  const { t } = useWords('dataMap');
  const { module, purposes, dataSubjects, dataCategories, otherTables, recipients } = activity;
  return (
    <Section title={t(`common:module.${module}`)}>
      <Heading>{t('processing.purposes')}</Heading>
      <Statements of={purposes} />
      <Heading>{t('processing.subjects')}</Heading>
      <Statements of={dataSubjects} />
      {dataCategories.length > 0 && (
        <>
          <Heading>{t('processing.categories')}</Heading>
          <CategoriesOfData
            label={t('processing.categoriesOf', { module: t(`common:module.${module}`) })}
            categories={dataCategories}
          />
        </>
      )}
      {otherTables.length > 0 && (
        <>
          <Heading>{t('processing.otherTables')}</Heading>
          <List size="sm">
            {otherTables.map(({ table, holds }) => (
              <List.Item key={table}>
                <TableName of={table} />: <Statement of={holds} />
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Heading>{t('processing.recipients')}</Heading>
      {recipients.length === 0 ? <Text size="sm">{t('processing.nobody')}</Text> : <Statements of={recipients} />}
    </Section>
  );
}

function Heading({ children }: { readonly children: string }) {
  return (
    <Title order={3} size="h6">
      {children}
    </Title>
  );
}

function Statements({ of }: { readonly of: readonly string[] }) {
  return (
    <List size="sm">
      {of.map((statement) => (
        <List.Item key={statement}>
          <Statement of={statement} />
        </List.Item>
      ))}
    </List>
  );
}

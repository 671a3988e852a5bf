import './words';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answered, api, type Schemas } from '../../api/client';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Queried } from '../../ui/queried';
import { useWords } from '../../words/words';
import { columnsOf, type Filter, filterOf } from './data-map-filter';
import { DataMapFilters } from './data-map-filters';
import { MappedModule } from './mapped-module';

/** Every column of every table, with its treatment in an anonymization and the reason. */
export function DataMapPage() {
  const { t } = useWords('dataMap');
  const [search] = useSearchParams();
  const [text, setText] = useState('');
  const map = useQuery({
    queryKey: ['data-map'],
    queryFn: () => answered(api.GET('/api/v1/data-map')),
    staleTime: Infinity, // changes only with a new version
  });
  return (
    <Page title={t('title')} lead={t('lead')} actions={<PrintButton />}>
      <Queried query={map}>
        {(dataMap) => (
          <>
            <DataMapFilters
              modules={[...new Set(dataMap.tables.map(({ module }) => module))]}
              text={text}
              onText={setText}
            />
            <Modules dataMap={dataMap} filter={{ ...filterOf(search), text }} />
          </>
        )}
      </Queried>
    </Page>
  );
}

interface ModulesProps {
  readonly dataMap: Schemas['DataMapResponse'];
  readonly filter: Filter;
}

function Modules({ dataMap, filter }: ModulesProps) {
  const { t } = useWords('dataMap');
  const columns = columnsOf(dataMap, filter);
  const shown = new Set(columns.map(({ table }) => table));
  const tables = dataMap.tables.filter(({ table }) => shown.has(table));
  return (
    <>
      <Text size="sm" role="status">
        {t('shown', { columns: t('columns', { count: columns.length }), tables: t('ofTables', { count: shown.size }) })}
      </Text>
      {[...new Set(tables.map(({ module }) => module))].map((module) => (
        <MappedModule
          key={module}
          module={module}
          tables={tables.filter((table) => table.module === module)}
          columns={columns}
        />
      ))}
    </>
  );
}

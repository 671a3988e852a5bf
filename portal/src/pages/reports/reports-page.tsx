import './words';
import '@mantine/charts/styles.css';
import { answered, api } from '../../api/client';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { useWords } from '../../words/words';
import { CountReport } from './count-report';
import { RevenueReport } from './revenue-report';

/** Figures that stay the same when a customer is anonymized. */
export function ReportsPage() {
  const { t } = useWords('reports');
  return (
    <Page title={t('title')} lead={t('lead')} actions={<PrintButton />}>
      <RevenueReport />
      <CountReport
        report="customers"
        groupings={['branch', 'costBearer']}
        read={(groupBy) => answered(api.GET('/api/v1/reports/customers', { params: { query: { groupBy } } }))}
      />
      <CountReport
        report="devices"
        groupings={['status', 'owner']}
        read={(groupBy) => answered(api.GET('/api/v1/reports/devices', { params: { query: { groupBy } } }))}
      />
    </Page>
  );
}

import './words';
import { useNavigate, useSearchParams } from 'react-router';
import { CustomerPicker } from '../../ui/customer-picker';
import { Page } from '../../ui/page';
import { Section } from '../../ui/section';
import { useWords } from '../../words/words';
import { OpenRuns } from './open-runs';
import { SelectionToJudge } from './selection-to-judge';

/** Starts the anonymization of one customer or of a selection. */
export function AnonymizePage() {
  const { t } = useWords('anonymize');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Section title={t('one.section')}>
        <CustomerPicker
          label={t('one.pick')}
          autoFocus={!search.has('selection')}
          onChoose={({ id }) => void navigate(`/anonymize/${id}`)}
        />
      </Section>
      <Section title={t('selection.section')}>
        <SelectionToJudge />
      </Section>
      <Section title={t('openRuns.section')}>
        <OpenRuns />
      </Section>
    </Page>
  );
}

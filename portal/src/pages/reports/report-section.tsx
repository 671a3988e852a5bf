import { Button, Group, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../../ui/section';
import { useWords } from '../../words/words';

interface Props {
  readonly report: 'revenue' | 'customers' | 'devices';
  readonly grouping: string;
  readonly groupings: readonly string[];
  readonly onGroup: (grouping: string) => void;
  /** URL of the same figures as CSV */
  readonly csv: string;
  /** options in addition to the grouping */
  readonly filters?: ReactNode;
  readonly children: ReactNode;
}

/** A report with its options. */
export function ReportSection({ report, grouping, groupings, onGroup, csv, filters, children }: Props) {
  const { t } = useWords('reports');
  return (
    <Section
      title={t(`${report}.title`)}
      actions={
        <Button component="a" href={csv} download variant="default" aria-label={t(`${report}.csv`)}>
          {t('csv')}
        </Button>
      }
    >
      <Group className="no-print" align="flex-end">
        <NativeSelect
          label={t(`${report}.by`)}
          value={grouping}
          onChange={({ currentTarget }) => onGroup(currentTarget.value)}
        >
          {groupings.map((each) => (
            <option key={each} value={each}>
              {t(`groupings.${each}`)}
            </option>
          ))}
        </NativeSelect>
        {filters}
      </Group>
      {children}
    </Section>
  );
}

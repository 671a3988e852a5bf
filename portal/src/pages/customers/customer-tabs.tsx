import { Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Fragment, type ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useWords } from '../../words/words';
import type { Customer } from './customer-query';
import classes from './customer-tabs.module.css';
import { MasterData } from './master-data';
import { DocumentsOfCustomer } from './records/documents-of-customer';
import { KINDS_BY_MODULE } from './records/kinds';
import { RecordsOfCustomer } from './records/records-of-customer';

const OVERVIEW = 'overview';
const WIDE = '(min-width: 62em)';

type Tab = readonly [name: string, draw: (customer: Customer) => ReactNode];

const MODULES: readonly (readonly [module: string, tabs: readonly Tab[]])[] = [
  ...KINDS_BY_MODULE.map(
    ([module, kinds]) =>
      [
        module,
        kinds.map((name): Tab => [name, (customer) => <RecordsOfCustomer customer={customer} name={name} />]),
      ] as const,
  ),
  ['archive', [['documents', (customer) => <DocumentsOfCustomer customer={customer} />]]],
];
const TABS: ReadonlyMap<string, Tab[1]> = new Map([
  [OVERVIEW, (customer) => <MasterData customer={customer} />],
  ...MODULES.flatMap(([, tabs]) => tabs),
]);

/** All records of a customer, by module. The URL stores the tab. */
export function CustomerTabs({ customer }: { readonly customer: Customer }) {
  const { t } = useWords('customers');
  const navigate = useNavigate();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const { tab = OVERVIEW } = useParams();
  const shown = TABS.has(tab) ? tab : OVERVIEW;
  return (
    <Tabs
      value={shown}
      orientation={isWide ? 'vertical' : 'horizontal'}
      keepMounted={false}
      onChange={(chosen) =>
        void navigate(`/customers/${customer.id}${chosen === OVERVIEW ? '' : `/${chosen}`}`, { replace: true })
      }
    >
      <Tabs.List aria-label={t('records')} className={classes.list}>
        <Tabs.Tab value={OVERVIEW}>{t(`tabs.${OVERVIEW}`)}</Tabs.Tab>
        {MODULES.map(([module, tabs]) => (
          <Fragment key={module}>
            <Text id={`tabs-${module}`} size="xs" c="dimmed" className={classes.module}>
              {t(`common:module.${module}`)}
            </Text>
            {tabs.map(([name]) => (
              <Tabs.Tab key={name} value={name} aria-describedby={`tabs-${module}`}>
                {t(`tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Fragment>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown} className={classes.panel}>
        {TABS.get(shown)!(customer)}
      </Tabs.Panel>
    </Tabs>
  );
}

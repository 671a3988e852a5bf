import { Button, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client';
import { type BlockerCode, codesOf } from '../../api/codes';
import { useEmployee } from '../../session/session';
import { type Column, CursorTable } from '../../ui/cursor-table';
import { Section } from '../../ui/section';
import { ItemStateBadge } from '../../ui/state-badge';
import { de } from '../../words/de';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';
import { ItemDetail } from './item-detail';
import classes from './run-items.module.css';
import { ITEM_STATES, type Run, type RunItem, stateIn } from './run-states';

const BLOCKER_CODES = codesOf(de.blocker);

const ITEMS_PER_PAGE = 200;
const REFRESH_INTERVAL_MS = 5_000;
const ROW_PX = 53;

/** Every customer of the run with the verdict. Compliance sees numbers and verdicts, but no names. */
export function RunItems({ run }: { readonly run: Run }) {
  const { t } = useWords('runs');
  const [search, setSearch] = useSearchParams();
  const state = stateIn(
    ITEM_STATES.map(([each]) => each),
    search.get('state'),
  );
  const blocker = stateIn(BLOCKER_CODES, search.get('blocker'));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]));
  const columns = useColumns((id) => open.has(id), toggle);
  const total = totalOf(run, state, blocker);
  return (
    <Section
      title={t('items.section')}
      className="no-print"
      actions={
        <NativeSelect
          size="xs"
          maw={320}
          aria-label={t('filter.blocker')}
          value={blocker ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setSearch(value === '' ? {} : { state: 'BLOCKED', blocker: value }, { replace: true })
          }
        >
          <option value="">{t('items.allBlockers')}</option>
          {BLOCKER_CODES.map((code) => (
            <option key={code} value={code}>
              {t(`common:blocker.${code}`)}
            </option>
          ))}
        </NativeSelect>
      }
    >
      <CursorTable
        label={t('items.label')}
        queryKey={['runs', run.id, 'items', run.state, state, blocker]}
        readPage={(cursor) =>
          answered(
            api.GET('/api/v1/anonymization-runs/{id}/items', {
              params: {
                path: { id: run.id },
                query: {
                  limit: ITEMS_PER_PAGE,
                  ...(cursor === null ? {} : { cursor }),
                  ...(state === null ? {} : { state }),
                  ...(blocker === null ? {} : { blocker }),
                },
              },
            }),
          )
        }
        columns={columns}
        rowId={({ customerId }) => customerId}
        detail={(item) => (open.has(item.customerId) ? <ItemDetail item={item} /> : null)}
        empty={t('items.empty')}
        rowPx={ROW_PX}
        {...(total === null ? {} : { total })}
        refetchEveryMs={run.state === 'RUNNING' && REFRESH_INTERVAL_MS}
      />
    </Section>
  );
}

/** The number of customers that match the filter; null (unknown) if filtered by a blocker. */
function totalOf({ counts }: Run, state: RunItem['state'] | null, blocker: BlockerCode | null): number | null {
  if (blocker !== null) return null;
  const [, key] = ITEM_STATES.find(([each]) => each === state) ?? [null, 'total' as const];
  return counts[key];
}

/** Customer number and verdict; administrators also see name, address, phone and birth date. */
function useColumns(isOpen: (id: string) => boolean, toggle: (id: string) => void): Column<RunItem>[] {
  const { t } = useWords('runs');
  const { date } = useFormats();
  const { role } = useEmployee();
  const isForAdministrators = role === 'ADMINISTRATOR';
  const number: Column<RunItem> = {
    key: 'customerNumber',
    header: t('items.number'),
    width: '92px',
    cell: ({ customerNumber }) => customerNumber,
  };
  const verdict: Column<RunItem> = {
    key: 'state',
    header: t('items.state'),
    width: isForAdministrators ? '150px' : '1fr',
    cell: ({ customerId, customerNumber, state, blockers }) => {
      const what = blockers.length > 0 ? t('items.reasons', { count: blockers.length }) : t('items.details');
      return (
        <Stack gap={2} align="flex-start">
          <ItemStateBadge state={state} />
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={isOpen(customerId)}
            aria-label={t('items.of', { what, number: customerNumber })}
            onClick={() => toggle(customerId)}
          >
            {what}
          </Button>
        </Stack>
      );
    },
  };
  const personal = (['lastName', 'firstName', 'postalCode', 'city', 'street', 'phone', 'birthDate'] as const).map(
    (key): Column<RunItem> => ({
      key,
      header: t(`common:customer.${key}`),
      width: WIDTHS[key],
      cell: (item) => (
        <span className={classes.personal}>
          {key === 'birthDate' && item.birthDate ? date(item.birthDate) : item[key]}
        </span>
      ),
    }),
  );
  return isForAdministrators ? [number, verdict, ...personal] : [number, verdict];
}

const WIDTHS = {
  lastName: 'minmax(98px, 1.2fr)',
  firstName: 'minmax(88px, 1fr)',
  postalCode: '62px',
  city: 'minmax(80px, 1fr)',
  street: 'minmax(100px, 1.3fr)',
  phone: '105px',
  birthDate: '132px',
} as const;

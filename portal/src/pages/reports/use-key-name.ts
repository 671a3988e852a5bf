import { useWords } from '../../words/words';

/**
 * The display name of a key in a report. Months, statuses and owners have names; branches and cost bearers are shown by
 * their codes.
 */
export function useKeyName(): (grouping: string, key: string | null) => string {
  const { t, i18n } = useWords('reports');
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return (grouping, key) => {
    if (key === null) return t('without');
    if (grouping === 'month') return month.format(new Date(`${key}-01`));
    return grouping === 'status' || grouping === 'owner' ? t([`keys.${key}`, 'keys.unknown'], { key }) : key;
  };
}

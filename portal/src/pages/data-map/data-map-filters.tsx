import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { codesOf, type ModuleName } from '../../api/codes';
import { useWords } from '../../words/words';
import { filterOf } from './data-map-filter';
import { de } from './words.de';

const TREATMENTS = codesOf(de.treatments);

interface Props {
  readonly modules: readonly ModuleName[];
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Filters of the data map. The URL stores codes, but not the typed text. */
export function DataMapFilters({ modules, text, onText }: Props) {
  const { t } = useWords('dataMap');
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const set = (chosen: Partial<typeof filter>) =>
    setSearch(Object.fromEntries(Object.entries({ ...filter, ...chosen }).filter(([, code]) => code !== '')), {
      replace: true,
    });
  return (
    <Group className="no-print" align="flex-end">
      <NativeSelect
        label={t('module')}
        value={filter.module}
        onChange={({ currentTarget }) => set({ module: currentTarget.value })}
      >
        <option value="">{t('all')}</option>
        {modules.map((module) => (
          <option key={module} value={module}>
            {t(`common:module.${module}`)}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={t('treatment')}
        value={filter.treatment}
        onChange={({ currentTarget }) => set({ treatment: currentTarget.value })}
      >
        <option value="">{t('all')}</option>
        {TREATMENTS.map((treatment) => (
          <option key={treatment} value={treatment}>
            {t(`treatments.${treatment}`)}
          </option>
        ))}
      </NativeSelect>
      <TextInput
        label={t('text')}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    </Group>
  );
}

import { getMetadataStorage } from 'class-validator';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import { LetheConfig } from '../../platform/config/lethe-config';
import { settingsOf } from '../../platform/config/setting.decorator';

/** Renders the settings as a Markdown page. */
export function renderSettings(): string {
  const defaults = LetheConfig.from({}) as unknown as Readonly<Record<string, string | number | boolean | undefined>>;
  const defaultOf = (property: string, whenUnset: string | null) =>
    defaults[property] === undefined ? (whenUnset ?? '') : `\`${defaults[property]}\``;
  return markdownPage('Settings', 'src/platform/config/lethe-config.ts', [
    'Lethe reads these environment variables once, at its start. An empty variable counts as unset. ' +
      '[Configure](../operations/configure.md) explains how to choose them.',
    markdownTable(
      ['variable', 'default', 'values', 'meaning'],
      settingsOf(LetheConfig).map(({ property, variable, description, whenUnset }) => [
        `\`${variable}\``,
        defaultOf(property, whenUnset),
        valuesOf(property),
        description,
      ]),
    ),
  ]);
}

/** The values that the property's validation rules allow, in a form that fits a table. */
function valuesOf(property: string): string {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(LetheConfig, '', false, false)
    .filter(({ propertyName }) => propertyName === property);
  const constraintOf = (name: string): unknown =>
    (rules.find((rule) => rule.name === name)?.constraints as readonly unknown[] | undefined)?.[0];
  const isNamed = (name: string) => rules.some((rule) => rule.name === name);
  if (isNamed('min') && isNamed('max')) return `${String(constraintOf('min'))} to ${String(constraintOf('max'))}`;
  if (isNamed('isBoolean')) return '`true`, `false`';
  if (isNamed('isIn')) return (constraintOf('isIn') as readonly string[]).map((value) => `\`${value}\``).join(', ');
  if (isNamed('isTimeZone')) return 'IANA time zone';
  return '';
}

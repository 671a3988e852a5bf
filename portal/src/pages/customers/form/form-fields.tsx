import { Button, Checkbox, Fieldset, Group, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { TypedField } from '../../../ui/typed-field';
import { useWords } from '../../../words/words';
import { de } from '../words.de';
import type { AnyForm, Field } from './shapes';
import { useFieldName } from './use-field-name';
import { type Values, valuesOf } from './values';

export type Controls = UseFormReturnType<Values>;

const MAX_TEXT_CHARACTERS = 200;
const MAX_NOTE_CHARACTERS = 2_000;
const WHOLE_ROW = { gridColumn: '1 / -1' };

interface Props {
  readonly form: AnyForm;
  readonly controls: Controls;
  /** path prefix of the fields of a row, such as `lines.0.` */
  readonly prefix?: string;
  /** number of columns on wide screens */
  readonly columns?: number;
}

/** The fields of a form, in the order in which they are declared. */
export function FormFields({ form, controls, prefix = '', columns = 2 }: Props) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, sm: columns }} spacing="sm">
      {Object.entries(form).map(
        ([name, field], index) =>
          field !== null && (
            <FormField
              key={name}
              name={name}
              field={field}
              path={`${prefix}${name}`}
              controls={controls}
              isFirst={index === 0 && prefix === ''}
            />
          ),
      )}
    </SimpleGrid>
  );
}

interface FieldProps {
  readonly name: string;
  readonly field: Field;
  readonly path: string;
  readonly controls: Controls;
  /** whether the field gets the focus when the dialog opens */
  readonly isFirst: boolean;
}

function FormField({ name, field, path, controls, isFirst }: FieldProps) {
  const { t } = useWords('customers');
  const label = useFieldName()(name);
  const common = {
    label,
    description: field.hint === undefined ? undefined : t(`hints.${field.hint}`),
    required: field.isRequired === true,
    'data-autofocus': isFirst || undefined,
  };
  const props = { ...common, ...controls.getInputProps(path), inputWrapperOrder: ORDER };
  switch (field.as) {
    case 'text':
      return <TextInput {...props} autoComplete="off" maxLength={MAX_TEXT_CHARACTERS} />;
    case 'longText':
      return <Textarea {...props} autoComplete="off" maxLength={MAX_NOTE_CHARACTERS} rows={3} style={WHOLE_ROW} />;
    case 'date':
    case 'instant':
    case 'money':
    case 'number':
      return <TypedField {...props} notation={field.as} />;
    case 'flag':
      return <Checkbox {...common} {...controls.getInputProps(path, { type: 'checkbox' })} mt="lg" />;
    case 'list':
      return (
        <NativeSelect {...props}>
          <option value="" disabled={common.required}>
            {common.required ? t('common:justification.choose') : t('common:state.none')}
          </option>
          {Object.keys(de.lists[field.list]).map((value) => (
            <option key={value} value={value}>
              {t(`lists.${field.list}.${value}`)}
            </option>
          ))}
        </NativeSelect>
      );
    case 'rows':
      return <Rows name={name} label={label} form={field.form} path={path} controls={controls} />;
  }
}

const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

interface RowsProps extends Omit<FieldProps, 'field' | 'isFirst'> {
  readonly label: string;
  readonly form: AnyForm;
}

/** Any number of rows, each with the same fields. */
function Rows({ name, label, form, path, controls }: RowsProps) {
  const { t } = useWords('customers');
  const count = (controls.getValues()[path] as Values[]).length;
  return (
    <Fieldset legend={label} style={WHOLE_ROW}>
      {Array.from({ length: count }, (_, index) => (
        <Fieldset key={index} legend={t(`row.${name}`, { position: index + 1 })} mb="sm">
          <FormFields form={form} controls={controls} prefix={`${path}.${index}.`} />
          <Group justify="flex-end" mt="xs">
            <Button size="xs" variant="default" onClick={() => controls.removeListItem(path, index)}>
              {t('row.remove', { position: index + 1 })}
            </Button>
          </Group>
        </Fieldset>
      ))}
      <Button size="xs" variant="default" onClick={() => controls.insertListItem(path, valuesOf(form))}>
        {t('row.add')}
      </Button>
    </Fieldset>
  );
}

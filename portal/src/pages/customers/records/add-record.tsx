import { Button } from '@mantine/core';
import { FormDialog } from '../../../ui/form-dialog';
import { useWords } from '../../../words/words';
import type { Customer } from '../customer-query';
import { FormFields } from '../form/form-fields';
import type { AnyForm } from '../form/shapes';
import { useFormDialog } from '../form/use-form-dialog';
import { addRecord } from './record-calls';
import type { RecordName } from './record-names';

interface Props {
  readonly customer: Customer;
  readonly name: RecordName;
  readonly form: AnyForm;
  readonly onAdded: () => void;
}

export function AddRecord({ customer: { id, branchCode }, name, form, onAdded }: Props) {
  const { t } = useWords('customers');
  const { controls, begin, frame } = useFormDialog({
    form,
    known: { branchCode }, // most records belong to the customer's own branch
    perform: (body, signal) => addRecord(name, id, body, signal),
    onDone: onAdded,
  });
  const title = t('add', { what: t(`one.${name}`) });
  return (
    <>
      <Button size="xs" onClick={begin}>
        {title}
      </Button>
      <FormDialog title={title} size="lg" {...frame}>
        <FormFields form={form} controls={controls} />
      </FormDialog>
    </>
  );
}

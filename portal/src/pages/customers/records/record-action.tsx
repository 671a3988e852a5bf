import { Button, Text } from '@mantine/core';
import { FormDialog } from '../../../ui/form-dialog';
import { useWords } from '../../../words/words';
import { FormFields } from '../form/form-fields';
import { useFormDialog } from '../form/use-form-dialog';
import { actOnRecord } from './record-calls';
import type { AnyAction, AnyRow } from './record-kind';
import type { RecordName } from './record-names';

interface Props {
  readonly name: RecordName;
  /** the last segment of the action's route */
  readonly verb: string;
  readonly action: AnyAction;
  readonly row: AnyRow;
  /** the display name of the record */
  readonly record: string;
  readonly onActed: () => void;
}

/** Executes an action on a record after a confirmation, because it cannot be undone in the portal. */
export function RecordAction({ name, verb, action, row, record, onActed }: Props) {
  const { t } = useWords('customers');
  const { controls, begin, frame } = useFormDialog({
    form: action.form,
    known: action.known?.(row),
    faults: action.faults,
    perform: (body, signal) => actOnRecord(name, verb, row.id, body, signal),
    onDone: onActed,
  });
  const does = t(`actions.${verb}`);
  const title = t('actions.of', { action: does, record });
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={title} onClick={begin}>
        {does}
      </Button>
      <FormDialog title={title} action={does} {...frame}>
        <Text>{t(`what.${verb}`)}</Text>
        {Object.keys(action.form).length > 0 && <FormFields form={action.form} controls={controls} />}
      </FormDialog>
    </>
  );
}

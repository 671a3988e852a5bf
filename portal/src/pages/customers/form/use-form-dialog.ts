import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { flushSync } from 'react-dom';
import type { ProblemCode } from '../../../api/codes';
import { isProblem } from '../../../api/problem';
import { useCommand } from '../../../api/use-command';
import { useWords } from '../../../words/words';
import type { AnyForm } from './shapes';
import { bodyOf, unreadFields, type Values, valuesOf } from './values';

/** Maps the code of an error without a field to the field where it is shown. */
export type Faults<Body> = Readonly<Partial<Record<ProblemCode, keyof Body & string>>>;

interface Options<Body, Result> {
  readonly form: AnyForm;
  /** initial values of the fields */
  readonly known?: Partial<Body>;
  readonly faults?: Faults<Body>;
  /** returns null if the user must review something first; the dialog then stays open */
  readonly perform: (body: Body, signal: AbortSignal) => Promise<Result | null>;
  readonly onDone: (result: Result) => void;
}

/** A form in a dialog that is sent to the API. The API's errors appear at their fields. */
export function useFormDialog<Body extends object, Result>(options: Options<Body, Result>) {
  const { form, known, faults = {}, perform, onDone } = options;
  const { t } = useWords('customers');
  const [opened, { open, close: hide }] = useDisclosure();
  const values = () => valuesOf(form, known);
  const controls = useForm<Values>({
    initialValues: values(),
    validate: (typed) =>
      Object.fromEntries(
        Object.entries(unreadFields(form, typed)).map(([path, kind]) => [path, t(`common:unreadable.${kind}`)]),
      ),
  });

  /** error texts by field path */
  const fieldErrorsOf = (error: unknown): Record<string, string> => {
    if (!isProblem(error)) return {};
    const field = faults[error.code];
    if (field !== undefined) return { [field]: t(`common:problem.${error.code}`) };
    const told = (error.document.errors ?? []).filter(({ field: path }) => path.split('.')[0]! in form);
    return Object.fromEntries(
      told.map(({ field: path, code }) => [path, t([`common:field.${code}`, 'common:field.INVALID'])]),
    );
  };
  const call = useCommand({
    perform: (typed: Values, signal) => perform(bodyOf(form, typed) as Body, signal),
    onSuccess: (result) => {
      if (result === null) return;
      hide();
      onDone(result);
    },
    onError: (error) => {
      const errors = fieldErrorsOf(error);
      flushSync(() => controls.setErrors(errors));
      const [first] = Object.keys(errors);
      if (first !== undefined) controls.getInputNode(first)?.focus();
    },
  });
  const isToldByFields = Object.keys(fieldErrorsOf(call.error)).length > 0;
  return {
    controls,
    begin: () => {
      controls.setValues(values());
      controls.clearErrors();
      call.reset();
      open();
    },
    /** props of the `FormDialog` */
    frame: {
      opened,
      onClose: () => {
        call.reset(); // a discarded form must not be sent
        hide();
      },
      onSubmit: controls.onSubmit((typed) => call.mutate(typed)),
      isPending: call.isPending,
      /** an error that belongs to no field */
      error: isToldByFields ? null : call.error,
    },
    /** clears the error */
    forgive: call.reset,
  };
}

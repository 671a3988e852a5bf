import { FileInput, NativeSelect, Progress, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { isProblem } from '../../api/problem';
import { FormDialog } from '../../ui/form-dialog';
import { isUnread, TypedField } from '../../ui/typed-field';
import { useWords } from '../../words/words';
import { type NewDocument, useUpload } from './use-upload';

const NOTHING: NewDocument = { type: '', title: '', retentionClass: '', createdOn: '', file: null };
const RETENTION_CLASSES = ['NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE'] as const;
const MAX_TEXT_CHARACTERS = 200;

interface Props {
  readonly customerId: string;
  readonly onClose: () => void;
}

export function AddDocumentDialog({ customerId, onClose }: Props) {
  const { t } = useWords('archive');
  const form = useForm<NewDocument>({
    initialValues: NOTHING,
    validate: {
      createdOn: (day) => (isUnread(day) ? t('common:unreadable.date') : null),
      file: (file) => (file === null ? t('add.fileMissing') : null),
    },
  });
  const { share, sending } = useUpload(customerId, onClose);
  const { error } = sending;
  const errorOf = (field: keyof NewDocument) =>
    isProblem(error) && error.codeOf(field) !== undefined ? t('common:field.INVALID') : form.errors[field];
  const isTooLarge = isProblem(error, 'PAYLOAD_TOO_LARGE');
  const isOfField = isTooLarge || (isProblem(error) && Object.keys(NOTHING).some((field) => error.codeOf(field)));
  return (
    <FormDialog
      opened
      title={t('add.title')}
      action={t('add.save')}
      isPending={sending.isPending}
      error={isOfField ? null : error}
      onClose={onClose}
      onSubmit={form.onSubmit((document) => sending.mutate(document))}
    >
      <FileInput
        label={t('add.file')}
        description={t('add.fileWhat')}
        placeholder={t('add.chooseFile')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('file')}
        error={isTooLarge ? t('add.tooLarge') : errorOf('file')}
      />
      <TextInput
        label={t('type')}
        description={t('add.typeWhat')}
        required
        maxLength={MAX_TEXT_CHARACTERS}
        autoComplete="off"
        {...form.getInputProps('type')}
        error={errorOf('type')}
      />
      <TextInput
        label={t('documentTitle')}
        description={t('add.titleWhat')}
        maxLength={MAX_TEXT_CHARACTERS}
        autoComplete="off"
        {...form.getInputProps('title')}
        error={errorOf('title')}
      />
      <NativeSelect
        label={t('retentionClass')}
        required
        {...form.getInputProps('retentionClass')}
        error={errorOf('retentionClass')}
      >
        <option value="" disabled>
          {t('add.chooseRetention')}
        </option>
        {RETENTION_CLASSES.map((each) => (
          <option key={each} value={each}>
            {t(`retentionWhat.${each}`)}
          </option>
        ))}
      </NativeSelect>
      <TypedField
        notation="date"
        label={t('createdOn')}
        description={t('add.createdOnWhat')}
        {...form.getInputProps('createdOn')}
        error={errorOf('createdOn')}
      />
      {sending.isPending && <Sending share={share} />}
    </FormDialog>
  );
}

function Sending({ share }: { readonly share: number }) {
  const { t } = useWords('archive');
  const percent = Math.round(share * 100);
  return (
    <div>
      <Progress value={percent} aria-label={t('add.progress')} />
      <Text size="sm" c="dimmed" role="status">
        {share < 1 ? `${percent} %` : t('add.taken')}
      </Text>
    </div>
  );
}

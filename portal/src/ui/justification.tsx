import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useWords } from '../words/words';

type Reason = Schemas['AnonymizeCustomerRequest']['reason'];

/** The reason for an anonymization, as typed. */
export interface Justification {
  readonly reason: Reason | '';
  readonly reference: string;
}

export const NO_JUSTIFICATION: Justification = { reason: '', reference: '' };

const REASONS: readonly Reason[] = [
  'ERASURE_REQUEST',
  'CONSENT_WITHDRAWN',
  'RETENTION_EXPIRED',
  'WRONG_ENTRY',
  'OTHER',
];
const REFERENCE = /^[A-Z0-9][A-Z0-9-]{0,31}$/;
const isReference = (typed: string): boolean => typed === '' || REFERENCE.test(typed);

/** The justification as sent to the API; null while it is incomplete or invalid. */
export function justified({ reason, reference }: Justification): { reason: Reason; reference?: string } | null {
  if (reason === '' || !isReference(reference)) return null;
  return { reason, ...(reference === '' ? {} : { reference }) };
}

interface Props {
  readonly justification: Justification;
  readonly onChange: (justification: Justification) => void;
}

/** A reason and a ticket number. Both are kept for years, so free text that could contain a name is not allowed. */
export function JustificationFields({ justification, onChange }: Props) {
  const { t } = useWords();
  const { reason, reference } = justification;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={t('justification.reason')}
        required
        value={reason}
        onChange={({ currentTarget }) => onChange({ reason: currentTarget.value as Reason | '', reference })}
      >
        <option value="" disabled>
          {t('justification.choose')}
        </option>
        {REASONS.map((each) => (
          <option key={each} value={each}>
            {t(`reason.${each}`)}
          </option>
        ))}
      </NativeSelect>
      <TextInput
        label={t('justification.reference')}
        description={t('justification.referenceWhat')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        maxLength={32}
        value={reference}
        error={isReference(reference) ? null : t('justification.referenceWrong')}
        onChange={({ currentTarget }) =>
          onChange({ reason, reference: currentTarget.value.trim().toLocaleUpperCase('en') })
        }
      />
    </SimpleGrid>
  );
}

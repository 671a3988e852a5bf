import { Button, Group, Text } from '@mantine/core';
import { type RefObject, useId } from 'react';
import { useWords } from '../../words/words';

/** The customer fields that a letter can contain. */
const PLACEHOLDERS = ['salutation', 'firstName', 'lastName', 'street', 'postalCode', 'city'] as const;

interface Props {
  readonly text: RefObject<HTMLTextAreaElement | null>;
  /** Called with the whole new text. */
  readonly onInserted: (text: string) => void;
}

/** Inserts placeholders at the cursor, or in place of the selected text. */
export function PlaceholderBar({ text, onInserted }: Props) {
  const { t } = useWords('selections');
  const label = useId();
  const insert = (name: string) => {
    const { current: field } = text;
    if (field === null) return;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, 'end');
    onInserted(field.value);
    field.focus();
  };
  return (
    <Group gap="xs" role="group" aria-labelledby={label}>
      <Text id={label} size="sm">
        {t('letters.placeholders')}
      </Text>
      {PLACEHOLDERS.map((name) => {
        const word = t(`letters.placeholder.${name}`);
        return (
          <Button
            key={name}
            size="xs"
            variant="default"
            aria-label={t('letters.insert', { name: word })}
            onClick={() => insert(name)}
          >
            {word}
          </Button>
        );
      })}
    </Group>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { type RefObject, useId } from 'react';
import { useWords } from '../../words/words';

/** What a letter can say of its customer. */
const PLACEHOLDERS = ['salutation', 'firstName', 'lastName', 'street', 'postalCode', 'city'] as const;

interface Props {
  readonly text: RefObject<HTMLTextAreaElement | null>;
  /** with the whole text as it is then */
  readonly onInserted: (text: string) => void;
}

/** Puts placeholders where the cursor stands in the text, or in place of what is marked there. */
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

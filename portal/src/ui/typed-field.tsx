import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { useRef, useState } from 'react';
import {
  readDate,
  readMoney,
  readNumber,
  readTime,
  writeDate,
  writeMoney,
  writeNumber,
  writeTime,
} from '../words/reading';
import { currentLanguage, type Language, useWords } from '../words/words';

export const FRACTION_DIGITS = 6;

/** How a kind of value is typed and shown. */
interface Notation {
  /** the value as stored by forms, or null when the text is invalid */
  readonly read: (typed: string, language: Language) => string | null;
  readonly write: (value: string, language: Language) => string;
  readonly inputMode: 'decimal' | 'numeric' | undefined;
  /** the type of native input that provides the calendar */
  readonly calendar?: 'date' | 'datetime-local';
}

const numeric = (value: number | null): string | null => (value === null ? null : String(value));

/** A form holds cents, numbers, `YYYY-MM-DD` and `YYYY-MM-DDTHH:mm`, each as text, and keeps other input as typed. */
export const NOTATIONS = {
  money: {
    read: (typed, language) => numeric(readMoney(typed, language)),
    write: (value, language) => writeMoney(Number(value), language),
    inputMode: 'decimal',
  },
  number: {
    read: (typed, language) => numeric(readNumber(typed, language, FRACTION_DIGITS)),
    write: (value, language) => writeNumber(Number(value), language, FRACTION_DIGITS),
    inputMode: 'decimal',
  },
  date: { read: readDate, write: writeDate, inputMode: undefined, calendar: 'date' },
  instant: { read: readTime, write: writeTime, inputMode: undefined, calendar: 'datetime-local' },
} as const satisfies Record<string, Notation>;

export type NotationName = keyof typeof NOTATIONS;

/** Values as written by a notation; anything else is unreadable input. */
const VALUE: Record<NotationName, RegExp> = {
  money: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/,
};

/** Marks unreadable input, because `1234` alone may be parsed cents or typed euros. */
const UNREAD = 'unread:';

/** Whether a field holds something that is not a value of its kind. */
export const isUnread = (value: string): boolean => value.startsWith(UNREAD);

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  readonly notation: NotationName;
  readonly value?: string;
  readonly onChange: (value: string) => void;
}

/**
 * A field that parses input in the format of the page's language, whether typed, pasted or chosen from the calendar. On
 * blur it shows the parsed value in that format. Unreadable input stays, with an error, and is never sent.
 */
export function TypedField({ notation, value = '', onChange, onBlur, error, ...props }: Props) {
  const { t } = useWords();
  const language = currentLanguage();
  const { read, write, inputMode, calendar }: Notation = NOTATIONS[notation];
  const shown = (held: string): string =>
    isUnread(held) ? held.slice(UNREAD.length) : VALUE[notation].test(held) ? write(held, language) : held;
  const [edited, setEdited] = useState<string | null>(null);
  const [wasLeft, setWasLeft] = useState(false);
  const change = (typed: string) => {
    setEdited(typed);
    setWasLeft(false);
    onChange(typed.trim() === '' ? '' : (read(typed, language) ?? `${UNREAD}${typed}`));
  };
  return (
    <TextInput
      autoComplete="off"
      inputMode={inputMode}
      {...props}
      value={edited ?? shown(value)}
      error={error ?? (wasLeft && isUnread(value) ? t(`unreadable.${notation}`) : undefined)}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onBlur={(event) => {
        setEdited(null);
        setWasLeft(true);
        onBlur?.(event);
      }}
      rightSection={
        calendar === undefined ? undefined : (
          <Calendar
            type={calendar}
            value={isUnread(value) ? '' : value}
            onChoose={(chosen) => {
              setEdited(null);
              onChange(chosen);
            }}
          />
        )
      }
    />
  );
}

interface CalendarProps {
  readonly type: 'date' | 'datetime-local';
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

/** The browser's own calendar, for mouse users. */
function Calendar({ type, value, onChoose }: CalendarProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-label={t('action.calendar')}
        onClick={() => input.current?.showPicker()}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden>
          <path d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3" />
        </svg>
      </ActionIcon>
      <input
        ref={input}
        type={type}
        value={value}
        tabIndex={-1}
        aria-hidden
        style={{ position: 'absolute', inset: 'auto 0 0 auto', width: 0, height: 0, border: 0, padding: 0, opacity: 0 }}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
    </>
  );
}

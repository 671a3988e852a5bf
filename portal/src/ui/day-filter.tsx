import { useEffect, useState } from 'react';
import { isUnread, TypedField } from './typed-field';

interface Props {
  readonly label: string;
  /** `YYYY-MM-DD`, or '' for any */
  readonly day: string;
  /** Called with a day or '' only, never with unreadable input. */
  readonly onChange: (day: string) => void;
}

/** One end of the date range that filters a page. */
export function DayFilter({ label, day, onChange }: Props) {
  const [held, setHeld] = useState(day);
  useEffect(() => setHeld(day), [day]);
  const change = (value: string) => {
    setHeld(value);
    if (!isUnread(value)) onChange(value);
  };
  return <TypedField notation="date" label={label} value={held} onChange={change} />;
}

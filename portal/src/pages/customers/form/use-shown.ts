import { useFormats } from '../../../words/formats';
import { useWords } from '../../../words/words';
import type { Shape } from './shapes';

/** Formats a value for the page; empty without a value. */
export function useShown(): (shape: Shape, value: unknown) => string {
  const { t } = useWords('customers');
  const { date, time, money, count } = useFormats();
  return (shape, value) => {
    if (value === null || value === undefined) return '';
    switch (shape.as) {
      case 'text':
      case 'longText':
        return value as string;
      case 'date':
        return date(value as string);
      case 'instant':
        return time(value as string);
      case 'money':
        return money(value as number);
      case 'number':
        return count(value as number);
      case 'flag':
        return t(value === true ? 'common:state.yes' : 'common:state.no');
      case 'list':
        return t(`lists.${shape.list}.${value as string}`);
      case 'rows':
        return count((value as readonly unknown[]).length);
    }
  };
}

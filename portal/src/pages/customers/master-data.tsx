import { Facts } from '../../ui/facts';
import { CHANGE_CUSTOMER } from './customer-forms';
import type { Customer } from './customer-query';
import { instant, type Shape } from './form/shapes';
import { useFieldName } from './form/use-field-name';
import { useShown } from './form/use-shown';

const WRITTEN = Object.entries({ ...CHANGE_CUSTOMER, createdAt: instant, updatedAt: instant }) as [
  keyof Customer,
  Shape,
][];

/** The fields of the customer's own row. */
export function MasterData({ customer }: { readonly customer: Customer }) {
  const fieldName = useFieldName();
  const shown = useShown();
  return (
    <Facts
      facts={WRITTEN.map(([name, shape]) => {
        const value = shown(shape, customer[name]);
        return value === '' ? null : [fieldName(name), value];
      })}
    />
  );
}

import { CUSTOMER_KINDS } from './customer-kinds';
import { DEVICE_KINDS } from './device-kinds';
import { FINANCE_KINDS } from './finance-kinds';
import { LOYALTY_KINDS } from './loyalty-kinds';
import type { AnyKind, RecordKinds, RecordName } from './record-kind';

const KINDS: RecordKinds = { ...CUSTOMER_KINDS, ...FINANCE_KINDS, ...DEVICE_KINDS, ...LOYALTY_KINDS };

/** Whoever only draws a kind does not know whose it is: its functions get the rows that came from its own address. */
export const kindOf = (name: RecordName): AnyKind => KINDS[name] as unknown as AnyKind;

const names = (kinds: object) => Object.keys(kinds) as RecordName[];

/** The kinds in the order in which they are shown, by module. */
export const KINDS_BY_MODULE = [
  ['customer', names(CUSTOMER_KINDS)],
  ['finance', names(FINANCE_KINDS)],
  ['device', names(DEVICE_KINDS)],
  ['loyalty', names(LOYALTY_KINDS)],
] as const;

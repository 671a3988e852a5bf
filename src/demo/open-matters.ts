import type { RandomSource } from './random-source';

/** Matters that can be open for a customer. Each of them blocks an anonymization (docs/concepts.md#rules). */
export const FINANCE_MATTERS = [
  'UNPAID',
  'UNDERPAID',
  'OVERPAID',
  'PAYMENT_ANNOUNCED',
  'CREDIT_NOT_REFUNDED',
  'RECENT_INVOICE',
  'RECENT_CREDIT_NOTE',
] as const;
export const CONTRACT_MATTERS = [
  'RUNNING_CONTRACT',
  'SELF_RENEWING_CONTRACT',
  'ENDLESS_CONTRACT',
  'TERMINATED_LATER',
  'FUTURE_CONTRACT',
] as const;
export const DEVICE_MATTERS = ['OPEN_CASE', 'TRIAL_OUT', 'LOANER_OUT', 'RETURN_ANNOUNCED'] as const;
export const LOYALTY_MATTERS = ['ACTIVE_CARD', 'EXPIRED_CARD', 'ENROLLMENT_ENDS_LATER'] as const;

export type FinanceMatter = (typeof FINANCE_MATTERS)[number];
export type ContractMatter = (typeof CONTRACT_MATTERS)[number];
export type DeviceMatter = (typeof DEVICE_MATTERS)[number];
export type LoyaltyMatter = (typeof LOYALTY_MATTERS)[number];
export type OpenMatter = FinanceMatter | ContractMatter | DeviceMatter | LoyaltyMatter;

const ALL_MATTERS = [...FINANCE_MATTERS, ...CONTRACT_MATTERS, ...DEVICE_MATTERS, ...LOYALTY_MATTERS];
const SHARE_WITH_OPEN_MATTERS = 0.3;
const EVERY_NTH_HAS_ALL = 30;

/**
 * Yields the open matters of one customer after another: 30 % have some, the kinds rotate, and occasionally a customer
 * has all of them.
 */
export function* openMatters(random: RandomSource): Generator<ReadonlySet<OpenMatter>, never> {
  for (let turn = 0; ;) {
    if (random.happens(SHARE_WITH_OPEN_MATTERS)) yield new Set(mattersOfTurn(turn++, random));
    else yield new Set();
  }
}

function mattersOfTurn(turn: number, random: RandomSource): readonly OpenMatter[] {
  if (turn % EVERY_NTH_HAS_ALL === EVERY_NTH_HAS_ALL - 1) return ALL_MATTERS;
  const inTurn = ALL_MATTERS.slice(turn % ALL_MATTERS.length)[0] ?? 'UNPAID';
  return random.happens(0.25) ? [inTurn, ...random.some(ALL_MATTERS, random.integer(1, 2))] : [inTurn];
}

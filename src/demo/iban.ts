/** No German bank code begins with 9, so such an IBAN is well-formed but belongs to no one. */
const FICTIONAL_BANK_CODES = ['99910001', '99920002', '99930003'];

const DE00 = '131400';

/** A German IBAN with valid check digits (ISO 13616, mod 97) at a fictional bank. */
export function iban(bank: number, accountNumber: string): string {
  const bban = `${FICTIONAL_BANK_CODES[bank % FICTIONAL_BANK_CODES.length]}${accountNumber}`;
  const checkDigits = 98n - (BigInt(bban + DE00) % 97n);
  return `DE${`${checkDigits}`.padStart(2, '0')}${bban}`;
}

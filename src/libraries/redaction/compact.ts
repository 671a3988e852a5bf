import { withoutMarks } from './spelling';

const NOT_ASCII = /[\u0080-\uffff]/;
const GAPS_IN_ASCII = /[^a-z0-9]+/g;
const GAPS = /[^\p{L}\p{N}]+/gu;

/**
 * Reduces a text to lower-case letters and digits without marks. If one text contains another, so do their compact
 * forms.
 */
export function compact(text: string): string {
  const plain = withoutMarks(text).toLowerCase();
  return plain.replace(NOT_ASCII.test(plain) ? GAPS : GAPS_IN_ASCII, '');
}

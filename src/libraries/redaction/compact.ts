import { withoutMarks } from './spelling';

const NOT_ASCII = /[\u0080-\uffff]/;
const GAPS_IN_ASCII = /[^a-z0-9]+/g;
const GAPS = /[^\p{L}\p{N}]+/gu;

/**
 * Lower-case letters and digits without marks and without anything between them: where one text holds another, so does
 * its compact form.
 */
export function compact(text: string): string {
  const plain = withoutMarks(text).toLowerCase();
  return plain.replace(NOT_ASCII.test(plain) ? GAPS : GAPS_IN_ASCII, '');
}

/** Ids, numbers and dates: neither signs of the array syntax nor NULL. */
const PLAIN = /^[0-9][0-9A-Za-z.:-]*$/;
const NEEDS_ESCAPE = /["\\]/;

/**
 * Formats a one-dimensional array parameter as PostgreSQL text. The driver quotes and escapes each element in two
 * replacements, which takes longer than the rest of the statement for a batch of ids.
 *
 * @returns null for an array with other elements, which the driver formats
 */
export function arrayLiteral(elements: readonly unknown[]): string | null {
  const texts: string[] = [];
  for (const element of elements) {
    if (typeof element === 'string') texts.push(PLAIN.test(element) ? element : quoted(element));
    else if (typeof element === 'number') texts.push(String(element));
    else if (element === null) texts.push('NULL');
    else if (Buffer.isBuffer(element)) texts.push(`\\\\x${element.toString('hex')}`);
    else return null;
  }
  return `{${texts.join(',')}}`;
}

const quoted = (text: string): string =>
  `"${NEEDS_ESCAPE.test(text) ? text.replaceAll(/["\\]/g, (sign) => `\\${sign}`) : text}"`;

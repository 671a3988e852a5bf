/** Characters that delimit an e-mail address in a cell or a text. */
const AROUND_EMAIL = /[\s<>()[\]{},;:|"\\/„“”]+/;
const QUOTES = "'’.";
/** Two letters, two digits and up to 30 letters and digits, grouped or not. */
const IBAN_LIKE = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ .\-\u00a0]?[A-Z0-9]){11,30}/giu;
/** Length of an IBAN by country of the SEPA area. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 ' +
    'LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 TR26 UA29 VA22'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The e-mail addresses in a cell or text, in linear time. */
export function emailsIn(text: string): string[] {
  if (!text.includes('@')) return [];
  return text
    .split(AROUND_EMAIL)
    .map(withoutQuotes)
    .filter((word) => /^[^@]+@[^@]+$/.test(word));
}

/** The IBANs with a valid checksum in a cell or text, without blanks. */
export function ibansIn(text: string): string[] {
  return [...text.matchAll(IBAN_LIKE)].flatMap(([found]) => {
    const letters = found.toUpperCase().replace(/[^A-Z0-9]/g, '');
    const length = IBAN_LENGTHS.get(letters.slice(0, 2));
    const iban = length === undefined ? found.split(/\s/)[0]!.toUpperCase() : letters.slice(0, length);
    return iban.length === (length ?? iban.length) && hasValidChecksum(iban) ? [iban] : [];
  });
}

function withoutQuotes(word: string): string {
  let [start, end] = [0, word.length];
  while (start < end && QUOTES.includes(word[start]!)) start++;
  while (start < end && QUOTES.includes(word[end - 1]!)) end--;
  return word.slice(start, end);
}

/** ISO 7064, modulus 97. */
function hasValidChecksum(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

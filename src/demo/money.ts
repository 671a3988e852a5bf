/** Integer cents in the format of the import folder: `1234.50`. */
export function euros(cents: number): string {
  const digits = `${cents}`.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

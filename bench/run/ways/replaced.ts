/** Replaces a method of the product, so that a benchmark can measure its cost. */
export function replaced(type: { prototype: object }, method: string, replacement: () => unknown): void {
  if (!(method in type.prototype))
    throw new Error(`${method} is gone: the benchmark has to be told how to switch it off`);
  Object.assign(type.prototype, { [method]: replacement });
}

/** Takes a method of the product away for a benchmark that wants to know what it costs. */
export function replaced(type: { prototype: object }, method: string, replacement: () => unknown): void {
  if (!(method in type.prototype))
    throw new Error(`${method} is gone: the benchmark has to be told how to switch it off`);
  Object.assign(type.prototype, { [method]: replacement });
}

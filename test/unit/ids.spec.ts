import { validate, version } from 'uuid';
import { newId, newIds } from '../../src/platform/ids';

describe('ids', () => {
  it('of a batch have version 7, differ, and are in order', () => {
    const ids = newIds(1_000);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('of a batch follow those of the previous batch', () => {
    const before = newId();
    expect(newIds(1)[0]! > before).toBe(true);
  });

  it('of an empty batch are empty', () => {
    expect(newIds(0)).toEqual([]);
  });
});

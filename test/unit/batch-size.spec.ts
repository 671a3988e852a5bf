import { fitBatchCost } from '../../src/modules/runs/execution/batch-cost';
import { BatchSize } from '../../src/modules/runs/execution/batch-size';

interface Machine {
  readonly fixedMs: number;
  readonly customerMs: number;
  /** factor on the duration of the batch with this number */
  readonly slowdown?: (batch: number) => number;
}

const durationOf = ({ fixedMs, customerMs, slowdown = () => 1 }: Machine, customers: number, batch: number) =>
  (fixedMs + customerMs * customers) * slowdown(batch);

/** Sizes that the batches get on the machine. */
function sizesOn(machine: Machine, batches: number, size = new BatchSize()): number[] {
  return Array.from({ length: batches }, (_, batch) => {
    const { customers } = size;
    size.adapt(customers, durationOf(machine, customers, batch));
    return customers;
  });
}

const latest = (sizes: readonly number[]) => Math.max(...sizes.slice(-6));

/** Repeatable noise: every value between 0 and 1 in a fixed order (golden ratio). */
const noise = (batch: number) => (batch * 0.6180339887) % 1;

describe('the cost of a batch', () => {
  it('is a fixed cost and a cost for each customer', () => {
    const batches = [100, 50, 200].map((customers) => ({ customers, milliseconds: 40 + 2 * customers }));
    expect(fitBatchCost(batches)).toEqual({ fixedMs: 40, customerMs: 2 });
  });

  it('is not changed by stalls in two fifths of the batches', () => {
    const batches = Array.from({ length: 24 }, (_, batch) => {
      const customers = batch % 6 === 5 ? 100 : 200;
      return { customers, milliseconds: (40 + 2 * customers) * (batch % 5 < 2 ? 20 : 1) };
    });
    const { fixedMs, customerMs } = fitBatchCost(batches);
    expect(customerMs).toBeCloseTo(2);
    expect(fixedMs).toBeCloseTo(40);
  });

  it('is the whole duration for each customer as long as all batches have one size', () => {
    expect(fitBatchCost([{ customers: 100, milliseconds: 300 }])).toEqual({ fixedMs: 0, customerMs: 3 });
  });

  it('is never negative or zero', () => {
    const falling = [
      { customers: 10, milliseconds: 500 },
      { customers: 100, milliseconds: 100 },
    ];
    const { fixedMs, customerMs } = fitBatchCost(falling);
    expect(customerMs).toBeGreaterThan(0);
    expect(fixedMs).toBeGreaterThanOrEqual(0);
  });
});

describe('the size of a batch', () => {
  it('fills the target of 500 ms', () => {
    const size = latest(sizesOn({ fixedMs: 20, customerMs: 2 }, 60));
    expect(size).toBeGreaterThan(230);
    expect(size).toBeLessThan(250);
  });

  it('is at most 250 customers, 500 where the fixed cost is large, and at least one', () => {
    expect(latest(sizesOn({ fixedMs: 1, customerMs: 0.1 }, 60))).toBe(250);
    expect(latest(sizesOn({ fixedMs: 30, customerMs: 0.1 }, 60))).toBe(500);
    expect(latest(sizesOn({ fixedMs: 10, customerMs: 5_000 }, 60))).toBe(1);
  });

  it('keeps the fixed cost below a fifth on a slow network, within two seconds', () => {
    const machine = { fixedMs: 300, customerMs: 3 };
    const size = latest(sizesOn(machine, 60));
    expect(machine.fixedMs / durationOf(machine, size, 0)).toBeLessThan(0.21);
    expect(durationOf(machine, size, 0)).toBeLessThanOrEqual(2_000);
  });

  it('does not shrink to one customer where the fixed cost alone exceeds the limit', () => {
    expect(latest(sizesOn({ fixedMs: 3_000, customerMs: 5 }, 60))).toBeGreaterThan(90);
  });

  it('keeps its order of magnitude on a machine that stalls every third batch', () => {
    const quiet = latest(sizesOn({ fixedMs: 20, customerMs: 2 }, 120));
    const slowdown = (batch: number) => (batch % 3 === 0 ? 30 : 1 + noise(batch));
    expect(latest(sizesOn({ fixedMs: 20, customerMs: 2, slowdown }, 120))).toBeGreaterThan(quiet / 3);
  });

  it('follows a machine that becomes five times slower, and recovers', () => {
    const size = new BatchSize();
    const quiet = { fixedMs: 20, customerMs: 1 };
    const before = latest(sizesOn(quiet, 60, size));
    const busy = latest(sizesOn({ fixedMs: 100, customerMs: 5 }, 60, size));
    expect(busy).toBeGreaterThanOrEqual(80);
    expect(busy).toBeLessThan(before / 3);
    expect(latest(sizesOn(quiet, 60, size))).toBeGreaterThan(before * 0.9);
  });

  it('learns nothing from a batch whose customers were all deferred', () => {
    const size = new BatchSize();
    size.adapt(0, 60_000);
    expect(size.customers).toBe(100);
  });
});

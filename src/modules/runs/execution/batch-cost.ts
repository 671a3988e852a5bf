export interface BatchDuration {
  readonly customers: number;
  readonly milliseconds: number;
}

export interface BatchCost {
  /** of a batch, whatever its size */
  readonly fixedMs: number;
  /** of each customer, above zero */
  readonly customerMs: number;
}

const MIN_CUSTOMER_MS = 0.01;

/**
 * Fits `milliseconds = fixedMs + customerMs × customers` to the batches by repeated medians (Siegel 1982), which tolerate
 * stalls in nearly half of the batches. Without two sizes, the whole duration counts as the customers' cost.
 *
 * @param batches at least one, each with at least one customer
 */
export function fitBatchCost(batches: readonly BatchDuration[]): BatchCost {
  const slopes = batches.map((batch) => slopesFrom(batch, batches)).filter((each) => each.length > 0);
  const whole = median(batches.map(({ customers, milliseconds }) => milliseconds / customers));
  const slope = slopes.length === 0 ? whole : Math.min(median(slopes.map(median)), whole);
  const customerMs = Math.max(slope, MIN_CUSTOMER_MS);
  const fixedMs = median(batches.map(({ customers, milliseconds }) => milliseconds - customerMs * customers));
  return { fixedMs: Math.max(fixedMs, 0), customerMs };
}

const slopesFrom = (batch: BatchDuration, others: readonly BatchDuration[]): number[] =>
  others
    .filter(({ customers }) => customers !== batch.customers)
    .map((other) => (other.milliseconds - batch.milliseconds) / (other.customers - batch.customers));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/**
 * The last day on which the service contract `contract` is in force, for rule 2 (docs/concepts.md#rules): a date, or
 * `infinity` or `-infinity`.
 */
export const effectiveEndOf = (contract: string) => `CASE
  WHEN ${contract}.voided_on IS NOT NULL THEN '-infinity'::date
  WHEN ${contract}.termination_effective_on IS NOT NULL THEN ${contract}.termination_effective_on
  WHEN ${contract}.auto_renew THEN 'infinity'::date
  ELSE coalesce(${contract}.ends_on, 'infinity'::date) END`;

/** The statements of a worker by which the fault tests know how far it is, in their order. */
export const CLAIM = /FROM anonymization_run_item[^]*FOR UPDATE SKIP LOCKED/;
export const LOCK = /FROM customer WHERE id = ANY[^]*FOR UPDATE SKIP LOCKED/;
export const FISCAL_COPY = /^INSERT INTO fiscal_envelope/;
export const REDACTION = /^UPDATE invoice_line\b/;
/** One for each module that takes part: writes its audit entries and erases its records. */
export const STEP = /INSERT INTO audit\.entry/;
export const CUSTOMERS_THEMSELVES = /^UPDATE customer\b/;
export const ITEMS = /^UPDATE anonymization_run_item/;
export const COMMIT = /^COMMIT/;
export const COMPLETION = /^UPDATE anonymization_run SET [^]*finished_at =/;

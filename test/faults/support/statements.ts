/** Statements of a worker that show the fault tests how far it is, in order of execution. */
export const CLAIM = /FROM anonymization_run_item[^]*FOR UPDATE SKIP LOCKED/;
export const LOCK = /FROM customer WHERE id = ANY[^]*FOR UPDATE SKIP LOCKED/;
export const FISCAL_COPY = /^INSERT INTO fiscal_envelope/;
export const REDACTION = /^UPDATE invoice_line\b/;
/** One for each participating module: writes its audit entries and erases its records. */
export const STEP = /INSERT INTO audit\.entry/;
export const CUSTOMERS_THEMSELVES = /^UPDATE customer\b/;
export const ITEMS = /^UPDATE anonymization_run_item/;
export const COMMIT = /^COMMIT/;
export const COMPLETION = /^UPDATE anonymization_run SET [^]*finished_at =/;

/** Rows of one statement that only reads, outside of any transaction. */
export type ReadRows = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

/** Says which customers exist. The customer module knows them. */
export abstract class KnownCustomers {
  /** Reads in the transaction in progress. */
  abstract exists(customerId: string): Promise<boolean>;
}

/**
 * The update of the source row by which the product merges one customer into another. The row keeps no personal data,
 * because the database refuses a merged customer that has any.
 */
export const mergeStatement = (sourceId: string, targetId: string | null): string => `
  UPDATE customer
  SET status = 'DELETED', last_name = 'Zusammengeführt mit M-1', salutation = NULL, title = NULL, first_name = NULL,
    birth_name = NULL, company_name = NULL, birth_date = NULL, gender = NULL, email = NULL, phone = NULL, mobile = NULL,
    note = NULL, physician = NULL, merged_into_id = ${targetId === null ? 'NULL' : `'${targetId}'`}
  WHERE id = '${sourceId}'`;

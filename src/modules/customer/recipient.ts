/*
 * The customer as the recipient of a document that names none, as SQL expressions of type text. NULL when nothing is
 * known.
 */

/** The name of the customer `customer`: company, person, or both. */
export const recipientNameOf = (customer: string): string => {
  const person = `concat_ws(' ', nullif(btrim(${customer}.first_name), ''), nullif(btrim(${customer}.last_name), ''))`;
  return `nullif(concat_ws(', ', nullif(btrim(${customer}.company_name), ''), nullif(${person}, '')), '')`;
};

/**
 * The invoice address of the customer with the id `customerId`, or else the residential address, or else any address.
 */
export const recipientAddressOf = (customerId: string): string => {
  const place = "nullif(btrim(concat_ws(' ', a.postal_code, a.city)), '')";
  const line = `nullif(concat_ws(', ', nullif(btrim(a.street), ''), ${place}, nullif(btrim(a.country), '')), '')`;
  return `(
    SELECT ${line}
    FROM address a
    WHERE a.customer_id = ${customerId} AND ${line} IS NOT NULL
    ORDER BY array_position(ARRAY['INVOICE', 'RESIDENTIAL'], a.type), a.id
    LIMIT 1)`;
};

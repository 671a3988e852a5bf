/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

export const STOCK_ITEMS = '(SELECT status, owner FROM stock_item)';

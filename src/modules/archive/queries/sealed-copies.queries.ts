/**
 * Inserts sealed copies. $1 customers, $2 retention classes, $3 last days, $4 sizes of the plain contents, $5 content
 * ids, $6 sizes of the sealed contents, $7 envelopes, $8 all sealed contents in the same order, $9 type, $10 title,
 * $11 file name, $12 today, $13 now.
 */
export const INSERT_SEALED_COPIES = `
  INSERT INTO archive_document (
    customer_id, type, title, file_name, retention_class, created_on, retention_until, media_type, size, content_id,
    sealed_at, sealed_content, envelope_id)
  SELECT v.customer_id, $9, $10, $11, v.retention_class, $12, v.retention_until, 'application/json', v.size,
    v.content_id,
    $13, substring($8::bytea FROM 1 + (sum(v.sealed_size) OVER (ORDER BY v.place) - v.sealed_size)::int FOR v.sealed_size),
    v.envelope_id
  FROM unnest($1::uuid[], $2::text[], $3::date[], $4::bigint[], $5::uuid[], $6::int[], $7::uuid[])
    WITH ORDINALITY AS v(customer_id, retention_class, retention_until, size, content_id, sealed_size, envelope_id,
      place)`;

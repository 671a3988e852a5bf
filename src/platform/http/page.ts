import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { invalid } from './validation.pipe';

export const MAX_PAGE_ROWS = 200;

/** The parameters `limit` and `cursor` of every list. */
export class PageRequest {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_PAGE_ROWS, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_ROWS)
  limit: number = 50;

  @ApiPropertyOptional({ type: String, description: 'nextCursor of the previous page' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

export interface Page<Item> {
  readonly items: Item[];
  /** null on the last page */
  readonly nextCursor: string | null;
}

/**
 * Builds a page from rows that were read with a limit of `limit + 1`. The cursor holds the sort key of the last item
 * and is opaque to clients. Sort keys are ids, numbers and instants only, because a cursor appears in URLs.
 */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  sortKey: (row: Row) => readonly string[],
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map(present),
    nextCursor: more ? Buffer.from(JSON.stringify(sortKey(last))).toString('base64url') : null,
  };
}

/**
 * Decodes the sort key of a cursor; null without a cursor.
 *
 * @throws DomainError `VALIDATION_FAILED` for an invalid cursor, or one of another list
 */
export function sortKeyOf(cursor: string | undefined, patterns: readonly RegExp[]): readonly string[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === patterns.length &&
      patterns.every((pattern, i) => typeof key[i] === 'string' && pattern.test(key[i]))
    )
      return key as string[];
  } catch {
    // not JSON: refused below, like any other foreign cursor
  }
  throw invalid('cursor', 'IS_CURSOR');
}

// Within the range of the database types, so that a forged cursor causes a refusal instead of a database error.
export const CURSOR_ID = /^\d{1,18}$/;
export const CURSOR_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { invalid } from './validation.pipe';

export const MAX_PAGE = 200;

/** `?limit=&cursor=` of every list. */
export class PageRequest {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_PAGE, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE)
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
 * One page of rows of which one more than `limit` was read. The cursor is the sort key of the last item, which the
 * reader need not understand; sort keys are ids, numbers and instants only, because a cursor travels in URLs.
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
 * The sort key in a cursor, or null without one. @throws DomainError VALIDATION_FAILED for anything that is not a
 * cursor of this list
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
    // not JSON: refused below like every other cursor that is not ours
  }
  throw invalid('cursor', 'IS_CURSOR');
}

// no more than the database's types hold: a forged cursor is refused, not an error of the database
export const CURSOR_ID = /^\d{1,18}$/;
export const CURSOR_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

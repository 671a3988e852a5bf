import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import type { RecordDefinition } from './record-definition';

const made = new Map<object, Type>();

/** Creates the class that describes a record in OpenAPI, as the API returns it. */
export function responseOf<Fields extends object, Shown extends object>(record: RecordDefinition<Fields, Shown>): Type {
  let response = made.get(record);
  if (response === undefined) {
    const extras = Object.entries<{ schema: ApiPropertyOptions }>(record.extras ?? {});
    response = described(`${record.name}Response`, [
      ['id', { type: String }],
      ...record.columns.map(({ property, schema }) => [property, schema] as const),
      ...extras.map(([property, { schema }]) => [property, schema] as const),
    ]);
    made.set(record, response);
  }
  return response;
}

/** Creates the class that describes a page of records. */
export const pageResponseOf = <Fields extends object, Shown extends object>(
  record: RecordDefinition<Fields, Shown>,
): Type =>
  described(`${record.name}PageResponse`, [
    ['items', { type: [responseOf(record)] }],
    ['nextCursor', { type: String, nullable: true }],
  ]);

function described(name: string, properties: readonly (readonly [string, ApiPropertyOptions])[]): Type {
  class Response {}
  Object.defineProperty(Response, 'name', { value: name });
  for (const [property, schema] of properties) ApiProperty(schema)(Response.prototype, property);
  return Response;
}

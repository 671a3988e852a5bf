import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/** Documents a response that is the JSON of a class, or a file of a media type if the request accepts that instead. */
export const ApiJsonOrFile = (json: Type, file: `${string}/${string}`) =>
  applyDecorators(
    ApiExtraModels(json),
    ApiOkResponse({
      content: {
        'application/json': { schema: { $ref: getSchemaPath(json) } },
        [file]: { schema: { type: 'string', format: 'binary' } },
      },
    }),
  );

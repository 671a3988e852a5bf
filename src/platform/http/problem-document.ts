import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_CODES, type ProblemCode } from '../../kernel/error-codes';

/** One broken rule of a field. */
export class ProblemField {
  @ApiProperty({ example: 'lastName' }) readonly field: string;
  @ApiProperty({ example: 'MAX_LENGTH' }) readonly code: string;
}

/** The schema of every error response (RFC 9457), for OpenAPI. */
@ApiSchema({ name: 'Problem' })
@ApiExtraModels(ProblemField)
export class ProblemDocument {
  @ApiProperty({ format: 'uri', example: 'urn:lethe:problem:validation-failed' }) readonly type: string;
  @ApiProperty() readonly title: string;
  @ApiProperty({ type: 'integer' }) readonly status: number;
  @ApiProperty({ description: 'constant per code; never contains a value of the request' }) readonly detail: string;
  @ApiProperty({ description: 'the path alone' }) readonly instance: string;
  @ApiProperty({ enum: PROBLEM_CODES, enumName: 'ProblemCode' }) readonly code: ProblemCode;
  @ApiProperty({ format: 'uuid' }) readonly correlationId: string;
  @ApiPropertyOptional({ type: [ProblemField], description: 'with VALIDATION_FAILED' })
  readonly errors?: ProblemField[];
}

/** An error response in the OpenAPI document. */
export const apiProblem = <Status extends number | 'default'>(status: Status, description: string) => ({
  status,
  description,
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDocument) } } },
});

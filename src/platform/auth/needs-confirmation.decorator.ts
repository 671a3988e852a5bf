import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { apiProblem } from '../http/problem-document';

/** Metadata key on a handler: a browser's session must have given the password within the last minutes. */
export const CONFIRMED = 'lethe:confirmed';

/**
 * For what cannot be undone: whoever finds an unlocked screen must not be able to do it. Tokens are for programs, which
 * cannot be asked.
 */
export const NeedsConfirmation = () =>
  applyDecorators(
    SetMetadata(CONFIRMED, true),
    ApiResponse(apiProblem(403, 'REAUTHENTICATION_REQUIRED: POST /auth/session/confirmation comes first; FORBIDDEN')),
  );
